package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSlices;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.probe.optimiser.Goal;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.torch.TorchEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fits the probes of all concepts of a checkpoint in joint passes over its activations (METHOD:
 * mean cross-entropy + l1 ||W||_1 + l2 ||W||_F^2, bias not penalised).
 *
 * <p>Every concept has its own momentum, scales and end, so what rides along does not matter to it
 * beyond float32 rounding. The same input on the same machine with the same number of threads gives
 * the same bytes.
 *
 * <p>Memory: in the scratch space 4 x D bytes per train word and 16 per class and train word,
 * elsewhere about ten values per weight, the curvature of each class and one block of rows,
 * whatever the number of words.
 */
public final class ProbeFit {
  private final ActivationMatrix matrix;
  private final Split split;
  private final FitSettings settings;
  private final Watch watch;

  private ProbeFit(ActivationMatrix matrix, Split split, FitSettings settings, Watch watch) {
    this.matrix = matrix;
    this.split = split;
    this.settings = settings;
    this.watch = watch;
  }

  /** Fits without control tasks. */
  public static List<FitResult> fit(
      ActivationMatrix x,
      int[] seenRows,
      Split split,
      List<ConceptLabels> concepts,
      Map<String, Probe> warmStart,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    return fit(x, seenRows, split, concepts, List.of(), warmStart, settings, scratch, progress);
  }

  /**
   * Fits.
   *
   * @param x activations
   * @param seenRows corpus word indices whose rows are there, strictly ascending
   * @param split part of each word
   * @param concepts what to fit, with distinct names
   * @param controls fitted along with them, for their accuracy alone: {@link Goal#rough}
   * @param warmStart where to start, by concept name; labels are matched by name
   * @param settings of all concepts
   * @param scratch gives one piece, of 4 x D and 16 x C bytes per train word for C classes
   * @param progress watches and may cancel
   * @return one result per concept, in their order, then one per control
   * @throws IllegalArgumentException when arguments do not fit each other, or an activation is NaN
   *     or infinite
   * @throws FitCancelledException when progress says so
   */
  public static List<FitResult> fit(
      ActivationMatrix x,
      int[] seenRows,
      Split split,
      List<ConceptLabels> concepts,
      List<ConceptLabels> controls,
      Map<String, Probe> warmStart,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    check(x, seenRows, split, Stream.concat(concepts.stream(), controls.stream()).toList());
    TorchEngine.onThisThread();
    return new ProbeFit(x, split, settings, new Watch(progress))
        .run(seenRows, concepts, controls, warmStart, scratch);
  }

  static void check(ActivationMatrix x, int[] seenRows, Split split, List<ConceptLabels> concepts) {
    if (split.words() != x.rows()) {
      throw new IllegalArgumentException(
          "a split of " + split.words() + " words for a matrix of " + x.rows());
    }
    for (int i = 0; i < seenRows.length; i++) {
      int before = i == 0 ? -1 : seenRows[i - 1];
      if (seenRows[i] <= before || seenRows[i] >= x.rows()) {
        throw new IllegalArgumentException(
            "row %d after %d: rows ascend and are below %d"
                .formatted(seenRows[i], before, x.rows()));
      }
    }
    HashSet<String> names = new HashSet<>();
    for (ConceptLabels concept : concepts) {
      if (concept.codes().length != x.rows()) {
        throw new IllegalArgumentException(
            "concept %s labels %d words of %d"
                .formatted(concept.concept(), concept.codes().length, x.rows()));
      }
      if (!names.add(concept.concept())) {
        throw new IllegalArgumentException("concept " + concept.concept() + " comes twice");
      }
    }
  }

  private List<FitResult> run(
      int[] seenRows,
      List<ConceptLabels> concepts,
      List<ConceptLabels> controls,
      Map<String, Probe> warmStart,
      ScratchSpace scratch) {
    int[] train = split.rowsOf(Split.TRAIN, seenRows);
    List<Head> heads =
        Stream.concat(
                heads(concepts, train, settings.goal()),
                heads(controls, train, settings.goalOfControls()))
            .toList();
    List<Head> fittable = heads.stream().filter(head -> head.problem().isEmpty()).toList();
    fittable.forEach(head -> head.start(warmStart.get(head.labels().concept())));
    List<Head> fitted = List.of();
    List<Evaluation> evaluations = List.of();
    List<ProbedNeurons> neurons = List.of();
    if (!fittable.isEmpty()) {
      ScratchSpace slices = new ScratchSlices(scratch.allocate(bytes(fittable, train.length)));
      TrainWords words = TrainWords.gather(matrix, train, settings.standardize(), slices, watch);
      JointFit.inLanes(words, fittable, slices, watch);
      fitted = fittable.stream().filter(Head::finite).toList();
      List<Head> ranked = heads.subList(0, concepts.size());
      neurons =
          fitted.stream()
              .map(
                  head ->
                      ranked.contains(head)
                          ? head.neurons(words, head.trainCounts(), true)
                          : ProbedNeurons.UNKNOWN)
              .toList();
      evaluations =
          new Measurement(matrix, split, settings, words.standardizer(), watch)
              .of(fitted, seenRows);
    }
    return results(heads, fitted, evaluations, neurons);
  }

  /** In one piece, which is all that a fit takes of the scratch space. */
  private long bytes(List<Head> heads, int words) {
    int width = matrix.width();
    return ScratchSlices.room(4L * words * width) + JointFit.scratchBytes(heads, words, width);
  }

  private Stream<Head> heads(List<ConceptLabels> concepts, int[] train, Goal goal) {
    return concepts.stream()
        .map(concept -> new Head(concept, train, matrix.width(), settings, goal));
  }

  private static List<FitResult> results(
      List<Head> heads,
      List<Head> fitted,
      List<Evaluation> evaluations,
      List<ProbedNeurons> neurons) {
    List<FitResult> results = new ArrayList<>();
    for (Head head : heads) {
      int k = fitted.indexOf(head);
      results.add(
          k >= 0
              ? new FitResult.Fitted(
                  head.probe(),
                  head.certificate(),
                  evaluations.get(k),
                  neurons.get(k),
                  head.seconds())
              : head.problem().orElseGet(head::notFinite));
    }
    return results;
  }
}
