package io.salient.ranking.view;

import io.salient.schemas.avro.RunStatus;
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
 */
public record TierView(
    String tier, String state, int percent, Double estimatedSeconds, String message) {
  /** All of a checkpoint, as they follow each other; empty from a version without tiers. */
  public static List<TierView> of(RunStatus status) {
    return status.getTiers().stream().map(TierView::of).toList();
  }

  private static TierView of(TierStatus tier) {
    return new TierView(
        tier.getTier(),
        tier.getState().name(),
        tier.getPercent(),
        tier.getEstimatedSeconds() == 0 ? null : (Double) tier.getEstimatedSeconds(),
        tier.getMessage().isEmpty() ? null : tier.getMessage());
  }
}
