package io.salient.schemas;

/**
 * Key of a record on the results topic: {@code run/concept/step/kind}. Run and concept hold no
 * slash (see {@link Names}).
 *
 * @param run training run
 * @param concept concept, or {@link #NO_CONCEPT} for a status and for clusters
 * @param step training step, or {@link #NO_STEP} for an alarm
 * @param kind what the record is
 */
public record ResultKey(String run, String concept, long step, Kind kind) {
  /** Stands where a record is about no concept in particular. */
  public static final String NO_CONCEPT = "-";

  /** Stands, written as -, where a record is about no step in particular. */
  public static final long NO_STEP = -1;

  private static final String NO_STEP_TEXT = "-";

  /** What a record on the results topic is; the text is part of the contract. */
  public enum Kind {
    /** SalientNeurons. */
    NEURONS("neurons"),
    /** NeuronDrift against the baseline. */
    DRIFT_BASELINE("drift-baseline"),
    /** NeuronDrift against the step before. */
    DRIFT_PREVIOUS("drift-previous"),
    /** EarlyWarning. */
    EARLY_WARNING("early-warning"),
    /** ProbeEvaluation. */
    EVALUATION("evaluation"),
    /** DriftAlarm. */
    ALARM("alarm"),
    /** NeuronClusters. */
    CLUSTERS("clusters"),
    /** RunStatus. */
    STATUS("status");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** How it is written in a key. */
    public String text() {
      return text;
    }
  }

  /** The key as it stands on the topic. */
  public String text() {
    return run + "/" + concept + "/" + (step == NO_STEP ? NO_STEP_TEXT : step) + "/" + kind.text();
  }

  /**
   * Reads a step of a key.
   *
   * @throws NumberFormatException when the text is none
   */
  public static long step(String text) {
    return text.equals(NO_STEP_TEXT) ? NO_STEP : Long.parseLong(text);
  }
}
