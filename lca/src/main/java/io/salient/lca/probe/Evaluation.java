package io.salient.lca.probe;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How well a probe does. Counts are of labelled words whose activations were there; all measures
 * are from 0 to 1 and empty where there is no word to measure on.
 *
 * @param trainWords train words
 * @param devWords dev words
 * @param testWords test words
 * @param accuracy share of test words predicted right
 * @param devAccuracy the same of dev words
 * @param macroF1 mean F1 over the labels present in the test words
 * @param majority share of the test words that have the most frequent train label
 * @param labels one entry per label, in the concept's order
 * @param answers on the test words; of none where they are not known any more
 * @param devAnswers the same on the dev words
 */
public record Evaluation(
    int trainWords,
    int devWords,
    int testWords,
    OptionalDouble accuracy,
    OptionalDouble devAccuracy,
    OptionalDouble macroF1,
    OptionalDouble majority,
    List<LabelScore> labels,
    Answers answers,
    Answers devAnswers) {
  /** Keeps a copy of the list. */
  public Evaluation {
    labels = List.copyOf(labels);
  }

  /** The label that most train words have, the first of equals. */
  public int commonest() {
    return commonest(labels.stream().mapToInt(LabelScore::trainCount).toArray());
  }

  /** Share of the dev words that have it; 0 without dev words. */
  public double devMajority() {
    return (double) labels.get(commonest()).devCount() / Math.max(1, devWords);
  }

  static int commonest(int[] trainCounts) {
    int most = 0;
    for (int label = 1; label < trainCounts.length; label++) {
      most = trainCounts[label] > trainCounts[most] ? label : most;
    }
    return most;
  }
}
