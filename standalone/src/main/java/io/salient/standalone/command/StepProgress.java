package io.salient.standalone.command;

import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far each checkpoint is, from 0 to 1: its rows count for the first part of the way, the fit
 * for the rest. It never goes back.
 */
final class StepProgress {
  /** Share of the way that the rows are. */
  private static final double ROWS = 0.4;

  /** A fit is told in percent, in words for people; without them it has just begun. */
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}) % done");

  private final Map<Long, Double> reached = new HashMap<>();

  /** Takes in what is known now of a checkpoint that has not ended. */
  double of(RunStatus status) {
    return reached.merge(status.getStep(), now(status), Math::max);
  }

  private static double now(RunStatus status) {
    if (status.getStage() != Stage.EXTRACTING) {
      Matcher percent = PERCENT.matcher(status.getMessage());
      double fit = percent.find() ? Integer.parseInt(percent.group(1)) / 100.0 : 0;
      return ROWS + (1 - ROWS) * Math.min(fit, 1);
    }
    return status.getRowsTotal() == 0 ? 0 : ROWS * status.getRowsSeen() / status.getRowsTotal();
  }
}
