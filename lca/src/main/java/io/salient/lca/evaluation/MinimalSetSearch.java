package io.salient.lca.evaluation;

import io.salient.lca.Split;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.Evaluation;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.GroupedAnswers;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the minimal set of a concept, and how redundant it is (Dalvi et al., EMNLP 2020; Durrani et
 * al., JMLR 24, 2023): retrains on first neurons of the ranking over a {@link SizeGrid}, decides on
 * dev words by {@link PrefixGrid}, measures on test words.
 *
 * <p>The largest size tried is the smallest that holds all weights of the probe: the optimum on it
 * is the probe itself, so that it is not fitted again.
 */
final class MinimalSetSearch {
  private final RankedConcept concept;
  private final EvaluationData data;
  private final Retraining retraining;
  private final FitSettings fit;
  private final EvaluationSettings settings;
  private final List<String> notes = new ArrayList<>();

  /** What the probe on all neurons says of the dev words; asked for once. */
  private Answers oracle = Answers.NONE;

  /** The last probe on all that the sets so far have left. */
  private Optional<MinimalSet.Size> rest = Optional.empty();

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

  String name() {
    return concept.name();
  }

  /** Why there is no set, or fewer than asked for. */
  List<String> notes() {
    return notes;
  }

  /** Empty, with a note, when there is none. */
  Optional<MinimalSet> find() {
    OptionalDouble accuracy = concept.fitted().evaluation().devAccuracy();
    double majority = concept.fitted().evaluation().devMajority();
    if (accuracy.isEmpty()) {
      return none("no dev word has a label");
    }
    if (accuracy.getAsDouble() <= majority) {
      return none(
          "the probe on all neurons is not better on the dev words than their most frequent train"
              + " label (%.4f against %.4f)".formatted(accuracy.getAsDouble(), majority));
    }
    oracle =
        Transfer.answers(
            concept.probe(),
            data.matrix(),
            data.rows(),
            data.split(),
            Split.DEV,
            concept.labels(),
            fit);
    if (GroupedAnswers.of(oracle, data.sentences(), -1).words().length < 2) {
      return none("all dev words are of one document or sentence, and a bound needs two");
    }
    int[] order = concept.order();
    List<MinimalSet.Size> grid =
        grid(
            order,
            new PrefixGrid.Tried(
                prefixWithWeight(order, concept.probe()),
                oracle,
                accuracy.getAsDouble(),
                concept.fitted().evaluation().accuracy()));
    MinimalSet.Size minimal = PrefixGrid.smallest(grid, allowed()).orElseThrow();
    return Optional.of(
        new MinimalSet(
            Arrays.copyOf(order, minimal.size()),
            settings.delta(),
            settings.relative(),
            minimal.devAccuracy(),
            minimal.lossBound(),
            minimal.testAccuracy(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            grid,
            List.of()));
  }

  /** The same set with others beside it: random, last, and further disjoint ones. */
  MinimalSet beside(MinimalSet minimal) {
    return new MinimalSet(
        minimal.neurons(),
        minimal.delta(),
        minimal.relative(),
        minimal.devAccuracy(),
        minimal.lossBound(),
        minimal.testAccuracy(),
        random(minimal.size()),
        bottom(minimal.size()),
        minimal.grid(),
        disjoint(minimal.neurons()));
  }

  private Optional<MinimalSet> none(String why) {
    notes.add("no minimal set: " + why);
    return Optional.empty();
  }

  private double oracleAccuracy() {
    return concept.fitted().evaluation().devAccuracy().orElseThrow();
  }

  /** Most that may be lost on dev words. */
  private double allowed() {
    return settings.relative() ? oracleAccuracy() * settings.delta() : settings.delta();
  }

  /** The smallest prefix that holds all neurons with weight. */
  private static int prefixWithWeight(int[] order, Probe probe) {
    int size = order.length;
    while (size > 1 && !hasWeight(probe, order[size - 1])) {
      size--;
    }
    return size;
  }

  private static boolean hasWeight(Probe probe, int neuron) {
    return Arrays.stream(probe.weights()).anyMatch(row -> row != null && row[neuron] != 0);
  }

  /**
   * Tries first neurons in growing number.
   *
   * @param order neurons, the most salient first
   * @param last the largest number, which is known
   */
  private List<MinimalSet.Size> grid(int[] order, PrefixGrid.Tried last) {
    List<PrefixGrid.Tried> tried = new ArrayList<>();
    for (int size : SizeGrid.upTo(last.size())) {
      if (size < last.size()) {
        evaluation(Arrays.copyOf(order, size)).ifPresent(e -> tried.add(tried(size, e)));
      }
    }
    tried.add(last);
    return PrefixGrid.of(tried, oracle, oracleAccuracy(), data.sentences());
  }

  private static PrefixGrid.Tried tried(int size, Evaluation evaluation) {
    return new PrefixGrid.Tried(
        size,
        evaluation.devAnswers(),
        evaluation.devAccuracy().orElseThrow(),
        evaluation.accuracy());
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
    while (sets.size() < settings.disjointSets() && next(taken, sets)) {
      // one set more
    }
    if (sets.size() < settings.disjointSets()) {
      notes.add(
          "%d of %d further disjoint sets: the %d neurons left %s on the dev words, %.4f is allowed"
              .formatted(
                  sets.size(),
                  settings.disjointSets(),
                  data.matrix().width() - taken.size(),
                  rest.map(MinimalSetSearch::reached).orElse("tell nothing"),
                  allowed()));
    }
    return sets;
  }

  private static String reached(MinimalSet.Size rest) {
    return "reach an accuracy of %.4f and may lose %.4f"
        .formatted(rest.devAccuracy(), rest.lossBound());
  }

  /** Adds the next set and its neurons; false when there is none. */
  private boolean next(Set<Integer> taken, List<MinimalSet.Disjoint> sets) {
    int[] left =
        IntStream.range(0, data.matrix().width())
            .filter(neuron -> !taken.contains(neuron))
            .toArray();
    rest = Optional.empty();
    Optional<FitResult.Fitted> fitted = left.length == 0 ? Optional.empty() : refitted(left);
    if (fitted.isEmpty() || fitted.get().evaluation().devAccuracy().isEmpty()) {
      return false;
    }
    PrefixGrid.Tried all = tried(left.length, fitted.get().evaluation());
    rest =
        Optional.of(
            PrefixGrid.of(List.of(all), oracle, oracleAccuracy(), data.sentences()).getFirst());
    if (rest.get().lossBound() > allowed()
        || all.devAccuracy() <= concept.fitted().evaluation().devMajority()) {
      return false;
    }
    Optional<int[]> columns = RankedConcept.order(fitted.get(), fit);
    if (columns.isEmpty()) {
      return false;
    }
    int[] order = Arrays.stream(columns.get()).map(column -> left[column]).toArray();
    int most = prefixWithWeight(columns.get(), fitted.get().probe());
    PrefixGrid.Tried last =
        new PrefixGrid.Tried(most, all.dev(), all.devAccuracy(), all.testAccuracy());
    Optional<MinimalSet.Size> found = PrefixGrid.smallest(grid(order, last), allowed());
    found.ifPresent(
        size -> {
          Arrays.stream(order, 0, size.size()).forEach(taken::add);
          sets.add(new MinimalSet.Disjoint(size.size(), size.devAccuracy(), size.testAccuracy()));
        });
    return found.isPresent();
  }
}
