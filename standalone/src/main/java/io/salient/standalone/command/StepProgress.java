package io.salient.standalone.command;

import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far each checkpoint is, from 0 to 1: its rows count for the first part of the way, the tiers
 * from the final one on for the rest. It never goes back.
 */
final class StepProgress {
  /** Share of the way that the rows are. */
  private static final double ROWS = 0.4;

  private final Map<Long, Double> reached = new HashMap<>();

  /**
   * Takes in what is known now of a checkpoint that has not ended.
   *
   * @param wanted tiers after the ranking that are waited for
   */
  double of(RunStatus status, Set<String> wanted) {
    return reached.merge(status.getStep(), now(status, wanted), Math::max);
  }

  private static double now(RunStatus status, Set<String> wanted) {
    if (status.getStage() == Stage.EXTRACTING) {
      return status.getRowsTotal() == 0 ? 0 : ROWS * status.getRowsSeen() / status.getRowsTotal();
    }
    double[] tiers =
        status.getTiers().stream()
            .filter(tier -> tier.getTier().equals("final") || wanted.contains(tier.getTier()))
            .mapToDouble(StepProgress::share)
            .toArray();
    return ROWS + (1 - ROWS) * Arrays.stream(tiers).average().orElse(0);
  }

  private static double share(TierStatus tier) {
    return switch (tier.getState()) {
      case UNKNOWN, WAITING -> 0;
      case RUNNING -> tier.getPercent() / 100.0;
      case DONE, FAILED -> 1;
    };
  }
}
