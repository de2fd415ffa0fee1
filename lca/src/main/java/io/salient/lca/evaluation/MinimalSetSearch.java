package io.salient.lca.evaluation;

import io.salient.lca.probe.Evaluation;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.LabelScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the minimal set of a concept, and how redundant it is (Dalvi et al., EMNLP 2020; Durrani et
 * al., JMLR 24, 2023): retrains on growing prefixes of the ranking, decides on dev words, measures
 * on test words.
 */
final class MinimalSetSearch {
  private static final int FIRST_SIZE = 8;

  private final RankedConcept concept;
  private final EvaluationData data;
  private final Retraining retraining;
  private final FitSettings fit;
  private final EvaluationSettings settings;
  private final List<String> notes = new ArrayList<>();

  /** Accuracy on dev words of the last probe on what the sets so far have left. */
  private OptionalDouble reached = OptionalDouble.empty();

  MinimalSetSearch(
      RankedConcept concept,
      EvaluationData data,
      Retraining retraining,
      FitSettings fit,
      EvaluationSettings settings) {
    this.concept = concept;
    this.data = data;
    this.retraining = retraining;
    this.fit = fit;
    this.settings = settings;
  }

  /** A prefix that is enough. */
  private record Found(int[] neurons, Evaluation evaluation) {
    double dev() {
      return evaluation.devAccuracy().orElseThrow();
    }
  }

  String name() {
    return concept.name();
  }

  /** Why there is no set, or fewer than asked for. */
  List<String> notes() {
    return notes;
  }

  /** Empty, with a note, when there is none. */
  Optional<MinimalSet> find() {
    OptionalDouble oracle = concept.fitted().evaluation().devAccuracy();
    double majority = devMajority();
    if (oracle.isEmpty()) {
      return none("no dev word has a label");
    }
    if (oracle.getAsDouble() <= majority) {
      return none(
          "the probe on all neurons is not better on the dev words than their most frequent train"
              + " label (%.4f against %.4f)".formatted(oracle.getAsDouble(), majority));
    }
    Found minimal = search(concept.order(), concept.fitted(), threshold()).orElseThrow();
    return Optional.of(
        new MinimalSet(
            minimal.neurons(),
            settings.delta(),
            settings.relative(),
            minimal.dev(),
            minimal.evaluation().accuracy(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of()));
  }

  /** The same set with others beside it: random, last, and further disjoint ones. */
  MinimalSet beside(MinimalSet minimal) {
    return new MinimalSet(
        minimal.neurons(),
        minimal.delta(),
        minimal.relative(),
        minimal.devAccuracy(),
        minimal.testAccuracy(),
        random(minimal.size()),
        bottom(minimal.size()),
        disjoint(minimal.neurons()));
  }

  private Optional<MinimalSet> none(String why) {
    notes.add("no minimal set: " + why);
    return Optional.empty();
  }

  /** Least accuracy on dev words that is enough. */
  private double threshold() {
    double oracle = concept.fitted().evaluation().devAccuracy().orElseThrow();
    return settings.relative() ? oracle * (1 - settings.delta()) : oracle - settings.delta();
  }

  /** Share of the dev words that have the most frequent train label. */
  private double devMajority() {
    List<LabelScore> labels = concept.fitted().evaluation().labels();
    LabelScore most = labels.getFirst();
    for (LabelScore label : labels) {
      most = label.trainCount() > most.trainCount() ? label : most;
    }
    return (double) most.devCount() / Math.max(1, concept.fitted().evaluation().devWords());
  }

  /**
   * The shortest prefix that is enough.
   *
   * @param order neurons, the most salient first
   * @param whole the probe on all of them: no need to fit that again
   */
  private Optional<Found> search(int[] order, FitResult.Fitted whole, double threshold) {
    Map<Integer, Found> tried = new HashMap<>();
    OptionalInt size =
        SizeSearch.smallest(
            FIRST_SIZE,
            order.length,
            n -> {
              int[] neurons = Arrays.copyOf(order, n);
              Optional<Evaluation> evaluation =
                  n == order.length ? Optional.of(whole.evaluation()) : evaluation(neurons);
              evaluation.ifPresent(e -> tried.put(n, new Found(neurons, e)));
              return tried.containsKey(n) && tried.get(n).dev() >= threshold;
            });
    return size.isEmpty() ? Optional.empty() : Optional.of(tried.get(size.getAsInt()));
  }

  private Optional<Evaluation> evaluation(int[] neurons) {
    return refitted(neurons).map(FitResult.Fitted::evaluation);
  }

  private Optional<FitResult.Fitted> refitted(int[] neurons) {
    FitResult result =
        retraining
            .fit(List.of(concept.labels()), Map.of(concept.name(), concept.probe()), neurons)
            .getFirst();
    return result instanceof FitResult.Fitted fitted ? Optional.of(fitted) : Optional.empty();
  }

  private OptionalDouble random(int size) {
    double[] accuracies =
        IntStream.range(0, settings.randomDraws())
            .mapToObj(draw -> RandomOrder.of(concept.order().length, draw, settings.seed()))
            .map(order -> evaluation(Arrays.copyOf(order, size)))
            .flatMap(evaluation -> evaluation.stream())
            .flatMapToDouble(evaluation -> evaluation.accuracy().stream())
            .toArray();
    return Arrays.stream(accuracies).average();
  }

  private OptionalDouble bottom(int size) {
    return evaluation(Arrays.copyOf(Ablation.reversed(concept.order()), size))
        .map(Evaluation::accuracy)
        .orElse(OptionalDouble.empty());
  }

  /** Each set is ranked by a probe that has not seen the neurons of those before it. */
  private List<MinimalSet.Disjoint> disjoint(int[] first) {
    List<MinimalSet.Disjoint> sets = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    Arrays.stream(first).forEach(taken::add);
    while (sets.size() < settings.disjointSets()) {
      Optional<Found> next = next(taken);
      if (next.isEmpty()) {
        break;
      }
      Found found = next.get();
      Arrays.stream(found.neurons()).forEach(taken::add);
      sets.add(
          new MinimalSet.Disjoint(
              found.neurons().length, found.dev(), found.evaluation().accuracy()));
    }
    if (sets.size() < settings.disjointSets()) {
      notes.add(
          "%d of %d further disjoint sets: the %d neurons left reach an accuracy of %s on the dev"
                  .formatted(
                      sets.size(),
                      settings.disjointSets(),
                      data.matrix().width() - taken.size(),
                      reached.isPresent() ? "%.4f".formatted(reached.getAsDouble()) : "nothing")
              + " words, %.4f is needed".formatted(threshold()));
    }
    return sets;
  }

  private Optional<Found> next(Set<Integer> taken) {
    int[] left =
        IntStream.range(0, data.matrix().width())
            .filter(neuron -> !taken.contains(neuron))
            .toArray();
    reached = OptionalDouble.empty();
    if (left.length == 0) {
      return Optional.empty();
    }
    Optional<FitResult.Fitted> rest = refitted(left);
    reached = rest.isEmpty() ? OptionalDouble.empty() : rest.get().evaluation().devAccuracy();
    if (reached.isEmpty()
        || reached.getAsDouble() < threshold()
        || reached.getAsDouble() <= devMajority()) {
      return Optional.empty();
    }
    return RankedConcept.order(rest.get(), fit)
        .map(order -> Arrays.stream(order).map(column -> left[column]).toArray())
        .flatMap(order -> search(order, rest.get(), threshold()));
  }
}
