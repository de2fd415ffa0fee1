package io.salient.lca.probe;

import io.salient.lca.evaluation.ClassificationReport;

/**
 * What the fit of one concept came to.
 *
 * @param labels the concept and its labels
 * @param probe the classifier; null when there is nothing to fit
 * @param problem why there is none, for people; null otherwise
 * @param certificate how near the optimum
 * @param trainCounts train words of each label
 * @param devCounts dev words of each label
 * @param test answers on the test words
 * @param dev answers on the dev words
 * @param majority share of the test words that the most frequent train label covers; NaN without
 *     test words
 * @param seconds the joint fit took, all concepts together
 */
public record FitResult(
    ConceptLabels labels,
    Probe probe,
    String problem,
    Certificate certificate,
    int[] trainCounts,
    int[] devCounts,
    ClassificationReport test,
    ClassificationReport dev,
    double majority,
    double seconds) {
  /** True when there is a probe. */
  public boolean fitted() {
    return probe != null;
  }
}
