package io.salient.ranking.view;

import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import java.util.List;

/**
 * One tier of a checkpoint's work.
 *
 * @param tier early, provisional, final, noise or evaluation
 * @param state WAITING, RUNNING, DONE or FAILED; UNKNOWN from a version that knows more
 * @param percent that is done while it runs
 * @param estimatedSeconds that it will take; null when unknown or when it ended
 * @param message why it failed; null otherwise
 * @param coverage share of the rows that its latest result saw, 0 to 1; null where it has none or
 *     publishes none while rows come in
 */
public record TierView(
    String tier,
    String state,
    int percent,
    Double estimatedSeconds,
    String message,
    Float coverage) {
  private static final String EARLY = "early";

  /**
   * All of a checkpoint, as they follow each other; empty from a version without tiers.
   *
   * @param early coverage of its latest early ranking; null when there is none
   */
  public static List<TierView> of(RunStatus status, Float early) {
    return status.getTiers().stream()
        .map(tier -> of(tier, tier.getTier().equals(EARLY) ? early : null))
        .toList();
  }

  private static TierView of(TierStatus tier, Float coverage) {
    return new TierView(
        tier.getTier(),
        stateOf(tier, coverage),
        tier.getPercent(),
        tier.getEstimatedSeconds() == 0 ? null : (Double) tier.getEstimatedSeconds(),
        tier.getMessage().isEmpty() ? null : tier.getMessage(),
        coverage);
  }

  /** An early ranking of all rows ends its tier; a status says so only with the final probes. */
  private static String stateOf(TierStatus tier, Float coverage) {
    boolean whole = coverage != null && coverage >= 1;
    return whole && tier.getState() == TierState.WAITING
        ? TierState.DONE.name()
        : tier.getState().name();
  }
}
