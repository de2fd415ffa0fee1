package io.salient.lca.probe;

import java.util.Arrays;

/**
 * One concept on its way through a joint fit: its classes (labels with train words), its rows'
 * codes, its optimiser.
 */
final class Head {
  private final ConceptLabels labels;
  private final int width;
  private final int[] trainCounts;
  private final int[] classOfLabel;
  private final int[] labelOfClass;
  private final int words;
  private OwlQn optimiser;

  Head(ConceptLabels labels, int[] trainRows, int width) {
    this.labels = labels;
    this.width = width;
    this.trainCounts = counts(labels, trainRows);
    this.words = Arrays.stream(trainCounts).sum();
    this.classOfLabel = new int[trainCounts.length];
    int classes = 0;
    for (int label = 0; label < trainCounts.length; label++) {
      classOfLabel[label] = trainCounts[label] > 0 ? classes++ : -1;
    }
    this.labelOfClass = new int[classes];
    for (int label = 0; label < trainCounts.length; label++) {
      if (classOfLabel[label] >= 0) {
        labelOfClass[classOfLabel[label]] = label;
      }
    }
  }

  static int[] counts(ConceptLabels labels, int[] rows) {
    int[] counts = new int[labels.labels().size()];
    for (int row : rows) {
      if (labels.codes()[row] >= 0) {
        counts[labels.codes()[row]]++;
      }
    }
    return counts;
  }

  /** Why there is nothing to fit, or null. */
  String problem(FitSettings settings) {
    String concept = "concept " + labels.concept();
    if (labels.labels().size() > settings.maxLabels()) {
      return concept
          + " has "
          + labels.labels().size()
          + " labels, at most "
          + settings.maxLabels()
          + " are fitted (salient.probe.max-labels)";
    }
    if (labelOfClass.length == 0) {
      return concept + " has no labelled train words";
    }
    if (labelOfClass.length == 1) {
      return concept
          + " has one label among its train words ("
          + labels.labels().get(labelOfClass[0])
          + "): there is nothing to tell apart";
    }
    return null;
  }

  /** Sets out from a probe where there is one of the same width, else from zero. */
  void start(Probe warm, FitSettings settings) {
    int classes = classes();
    float[] start = new float[classes * width + classes];
    if (warm != null) {
      for (int c = 0; c < classes; c++) {
        int from = warm.labels().indexOf(labels.labels().get(labelOfClass[c]));
        if (from >= 0 && warm.weights()[from] != null && warm.weights()[from].length == width) {
          System.arraycopy(warm.weights()[from], 0, start, c * width, width);
          start[classes * width + c] = warm.bias()[from];
        }
      }
    }
    optimiser = new OwlQn(start, classes * width, settings);
  }

  OwlQn optimiser() {
    return optimiser;
  }

  ConceptLabels labels() {
    return labels;
  }

  int classes() {
    return labelOfClass.length;
  }

  int words() {
    return words;
  }

  int[] trainCounts() {
    return trainCounts;
  }

  /** Class of a word, or -1 when it has no label, or one without train words. */
  int classOf(int row) {
    int label = labels.codes()[row];
    return label < 0 ? -1 : classOfLabel[label];
  }

  int labelOf(int classIndex) {
    return labelOfClass[classIndex];
  }

  /** The probe at the solution. */
  Probe probe() {
    float[] solution = optimiser.point();
    int count = trainCounts.length;
    float[][] weights = new float[count][];
    float[] bias = new float[count];
    for (int c = 0; c < classes(); c++) {
      weights[labelOfClass[c]] = Arrays.copyOfRange(solution, c * width, (c + 1) * width);
      bias[labelOfClass[c]] = solution[classes() * width + c];
    }
    return new Probe(labels.concept(), labels.labels(), weights, bias);
  }
}
