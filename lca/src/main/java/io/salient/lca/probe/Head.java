package io.salient.lca.probe;

import io.salient.lca.probe.optimiser.Certificate;
import io.salient.lca.probe.optimiser.ElasticNetFit;
import io.salient.lca.probe.optimiser.Goal;
import io.salient.lca.ranking.ClassMeans;
import io.salient.lca.ranking.Contributions;
import io.salient.lca.ranking.ProbedNeurons;
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
  private final Goal goal;
  private final int width;
  private final int[] trainCounts;
  private final int[] labelOfClass;
  private float[][] startWeights;
  private float[] startBias;
  private boolean warm;
  private ElasticNetFit.Solution solution;
  private double seconds;

  /** To the goal of the settings. */
  Head(ConceptLabels labels, int[] trainRows, int width, FitSettings settings) {
    this(labels, trainRows, width, settings, settings.goal());
  }

  Head(ConceptLabels labels, int[] trainRows, int width, FitSettings settings, Goal goal) {
    this.labels = labels;
    this.settings = settings;
    this.goal = goal;
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
   * without weights, its share of the words.
   *
   * @param from may be null
   */
  void start(Probe from) {
    startWeights = new float[classes()][];
    startBias = new float[classes()];
    warm = false;
    double words = Arrays.stream(trainCounts).sum();
    for (int c = 0; c < classes(); c++) {
      int label = from == null ? -1 : from.labels().indexOf(labels.labels().get(labelOfClass[c]));
      if (label >= 0 && from.weights()[label] != null) {
        checkWidth(from);
        startWeights[c] = from.weights()[label].clone();
        startBias[c] = from.bias()[label];
        warm = true;
      } else {
        startWeights[c] = new float[width];
        startBias[c] = (float) Math.log(trainCounts[labelOfClass[c]] / words);
      }
    }
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

  FitSettings settings() {
    return settings;
  }

  Goal goal() {
    return goal;
  }

  float[][] startWeights() {
    return startWeights;
  }

  float[] startBias() {
    return startBias;
  }

  boolean warm() {
    return warm;
  }

  void end(ElasticNetFit.Solution end, double after) {
    solution = end;
    seconds = after;
  }

  /** False when even the start had no finite objective. */
  boolean finite() {
    return Double.isFinite(solution.certificate().objective());
  }

  Certificate certificate() {
    return solution.certificate();
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

  /**
   * What is known of the neurons at the solution.
   *
   * @param words that it was fitted on
   * @param counts train words by label, which decide what labels count
   * @param contributions whether these are asked for
   */
  ProbedNeurons neurons(TrainWords words, int[] counts, boolean contributions) {
    boolean[] counted = new boolean[classes()];
    for (int c = 0; c < counted.length; c++) {
      counted[c] = counts[labelOfClass[c]] >= settings.minLabelCount();
    }
    return new ProbedNeurons(
        contributions ? Contributions.of(solution.weights(), means(words), counted) : new float[0],
        ProbedNeurons.entryLevels(solution.gradient(), counted, settings.l1()));
  }

  private ClassMeans means(TrainWords words) {
    return ClassMeans.of(words.rows().values(), width, classesOf(words.words()), classes());
  }

  /** The probe at the solution. */
  Probe probe() {
    float[][] weights = new float[trainCounts.length][];
    float[] bias = new float[trainCounts.length];
    for (int c = 0; c < classes(); c++) {
      weights[labelOfClass[c]] = solution.weights()[c];
      bias[labelOfClass[c]] = solution.bias()[c];
    }
    return new Probe(labels.concept(), labels.labels(), weights, bias);
  }
}
