package io.salient.lca.probe;

import io.salient.lca.probe.optimiser.Certificate;
import io.salient.lca.ranking.ProbedNeurons;

/** What came of one concept in a joint fit. */
public sealed interface FitResult {
  /** Name of the concept. */
  String concept();

  /**
   * A probe.
   *
   * @param probe the classifier
   * @param certificate how near it is to its optimum
   * @param evaluation how well it does, with counts per label
   * @param neurons what is known of them besides their weights
   * @param seconds of the joint fit, which all its concepts share
   */
  record Fitted(
      Probe probe,
      Certificate certificate,
      Evaluation evaluation,
      ProbedNeurons neurons,
      double seconds)
      implements FitResult {
    @Override
    public String concept() {
      return probe.concept();
    }
  }

  /**
   * No probe can be fitted; the other concepts are not affected.
   *
   * @param concept name of the concept
   * @param reason which condition fails
   * @param message the same for people
   */
  record Unfittable(String concept, Reason reason, String message) implements FitResult {}

  /** Why a concept has no probe. */
  enum Reason {
    /** Fewer than two labels have train words. */
    FEWER_THAN_TWO_LABELS,
    /** More labels than {@link FitSettings#maxLabels}. */
    TOO_MANY_LABELS,
    /** Loss or gradient overflow float32: only without standardisation. */
    NOT_FINITE
  }
}
