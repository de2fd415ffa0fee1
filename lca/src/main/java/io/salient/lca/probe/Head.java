package io.salient.lca.probe;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One concept on its way through a joint fit. Its classes are the labels with train words, in the
 * labels' order.
 */
final class Head {
  private final ConceptLabels labels;
  private final FitSettings settings;
  private final int width;
  private final int[] trainCounts;
  private final int[] labelOfClass;
  private Optimiser optimiser;
  private double seconds;

  Head(ConceptLabels labels, int[] trainRows, int width, FitSettings settings) {
    this.labels = labels;
    this.settings = settings;
    this.width = width;
    this.trainCounts = counts(labels, trainRows);
    this.labelOfClass =
        IntStream.range(0, trainCounts.length).filter(label -> trainCounts[label] > 0).toArray();
  }

  /** How often each label occurs among some words. */
  static int[] counts(ConceptLabels labels, int[] rows) {
    int[] counts = new int[labels.labels().size()];
    for (int row : rows) {
      if (labels.codes()[row] >= 0) {
        counts[labels.codes()[row]]++;
      }
    }
    return counts;
  }

  /** Why there is nothing to fit. */
  Optional<FitResult.Unfittable> problem() {
    if (labels.labels().size() > settings.maxLabels()) {
      return unfittable(
          FitResult.Reason.TOO_MANY_LABELS,
          "has %d labels, at most %d are fitted"
              .formatted(labels.labels().size(), settings.maxLabels()));
    }
    if ((long) classes() * (width + 1L) > Integer.MAX_VALUE - 8) {
      return unfittable(
          FitResult.Reason.TOO_MANY_LABELS,
          "has %d labels of %d neurons, over 2^31 weights".formatted(classes(), width));
    }
    return switch (classes()) {
      case 0 ->
          unfittable(FitResult.Reason.FEWER_THAN_TWO_LABELS, "has no labelled word to train on");
      case 1 ->
          unfittable(
              FitResult.Reason.FEWER_THAN_TWO_LABELS,
              "has only the label "
                  + labels.labels().get(labelOfClass[0])
                  + " among its train words: there is nothing to tell apart");
      default -> Optional.empty();
    };
  }

  FitResult.Unfittable notFinite() {
    return unfittable(
            FitResult.Reason.NOT_FINITE,
            "has no finite objective: activations are too large to fit without standardisation")
        .orElseThrow();
  }

  private Optional<FitResult.Unfittable> unfittable(FitResult.Reason reason, String message) {
    return Optional.of(
        new FitResult.Unfittable(
            labels.concept(), reason, "concept " + labels.concept() + " " + message));
  }

  /**
   * Sets out from a probe, its labels matched by name; a class that has no start, from what is best
   * without weights, its share of the words, or for OWL-QN from zero.
   */
  void start(Probe warm) {
    float[] start = new float[classes() * width + classes()];
    double words = Arrays.stream(trainCounts).sum();
    for (int c = 0; c < classes(); c++) {
      if (BlockNewton.serves(settings)) {
        start[classes() * width + c] = (float) Math.log(trainCounts[labelOfClass[c]] / words);
      }
      int from = warm == null ? -1 : warm.labels().indexOf(labels.labels().get(labelOfClass[c]));
      if (from >= 0 && warm.weights()[from] != null) {
        checkWidth(warm);
        System.arraycopy(warm.weights()[from], 0, start, c * width, width);
        start[classes() * width + c] = warm.bias()[from];
      }
    }
    optimiser =
        BlockNewton.serves(settings)
            ? new BlockNewton(start, classes(), width, settings)
            : new OwlQn(start, classes() * width, settings, 0);
  }

  private void checkWidth(Probe warm) {
    if (warm.width() != width) {
      throw new IllegalArgumentException(
          "the probe to start %s from has %d neurons, the activations have %d"
              .formatted(labels.concept(), warm.width(), width));
    }
  }

  /** Class of each of some words, -1 for none. */
  int[] classesOf(int[] rows) {
    int[] classOfLabel = new int[trainCounts.length];
    Arrays.fill(classOfLabel, -1);
    for (int c = 0; c < labelOfClass.length; c++) {
      classOfLabel[labelOfClass[c]] = c;
    }
    return Arrays.stream(rows)
        .map(row -> labels.codes()[row])
        .map(label -> label < 0 ? -1 : classOfLabel[label])
        .toArray();
  }

  void observe(ElasticNet.Sums sums, Curvature curvature, long start) {
    optimiser.observe(sums, Arrays.stream(trainCounts).sum(), curvature);
    if (optimiser instanceof BlockNewton newton && newton.stuck()) {
      optimiser =
          new OwlQn(newton.point().clone(), classes() * width, settings, newton.evaluations());
    }
    seconds = (System.nanoTime() - start) / 1e9;
  }

  FitSettings settings() {
    return settings;
  }

  Optimiser optimiser() {
    return optimiser;
  }

  ConceptLabels labels() {
    return labels;
  }

  int classes() {
    return labelOfClass.length;
  }

  int[] trainCounts() {
    return trainCounts;
  }

  double seconds() {
    return seconds;
  }

  /** The probe at the solution. */
  Probe probe() {
    float[] solution = optimiser.point();
    float[][] weights = new float[trainCounts.length][];
    float[] bias = new float[trainCounts.length];
    for (int c = 0; c < classes(); c++) {
      weights[labelOfClass[c]] = Arrays.copyOfRange(solution, c * width, (c + 1) * width);
      bias[labelOfClass[c]] = solution[classes() * width + c];
    }
    return new Probe(labels.concept(), labels.labels(), weights, bias);
  }
}
