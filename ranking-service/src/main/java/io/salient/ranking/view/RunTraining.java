package io.salient.ranking.view;

import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.TrainingLog;
import io.salient.schemas.avro.TrainingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the Trainer of a run logged, by its checkpoints.
 *
 * @param run training run
 * @param series one per name, by name: loss, learning_rate, eval_ and a metric
 */
public record RunTraining(String run, List<Series> series) {
  private static final int MOST_POINTS = 500;

  /**
   * One curve.
   *
   * @param name as the Trainer logs it
   * @param points by step; of more than 500 every so many, the last always
   */
  public record Series(String name, List<Point> points) {}

  /**
   * One value.
   *
   * @param step training step
   * @param epoch a part of one counted as that part; null where it was not logged
   * @param value what was logged
   */
  public record Point(long step, Double epoch, double value) {}

  /**
   * What was logged last, up to a checkpoint.
   *
   * @param epoch a part of one counted as that part; null where it was not logged
   * @param values by name, the last of each
   */
  public record Logged(Double epoch, Map<String, Double> values) {
    /** Null for null. */
    public static Logged of(TrainingLog log) {
      if (log == null) {
        return null;
      }
      Map<String, Double> values = new TreeMap<>();
      Double epoch = null;
      for (TrainingPoint point : log.getPoints()) {
        values.putAll(point.getValues());
        epoch = point.getEpoch() == null ? epoch : point.getEpoch();
      }
      return new Logged(epoch, values);
    }
  }

  /** Of a step that several checkpoints tell of, what the latest says. */
  public static RunTraining of(String run, List<RunStatus> statuses) {
    Map<String, NavigableMap<Long, Point>> series = new TreeMap<>();
    for (RunStatus status : statuses) {
      points(status.getTraining())
          .forEach(
              point -> point.getValues().forEach((name, value) -> add(series, name, point, value)));
    }
    return new RunTraining(
        run,
        series.entrySet().stream()
            .map(one -> new Series(one.getKey(), thinned(List.copyOf(one.getValue().values()))))
            .toList());
  }

  private static List<TrainingPoint> points(TrainingLog log) {
    return log == null ? List.of() : log.getPoints();
  }

  private static void add(
      Map<String, NavigableMap<Long, Point>> series,
      String name,
      TrainingPoint point,
      double value) {
    series
        .computeIfAbsent(name, n -> new TreeMap<>())
        .put(point.getStep(), new Point(point.getStep(), point.getEpoch(), value));
  }

  private static List<Point> thinned(List<Point> points) {
    if (points.size() <= MOST_POINTS) {
      return points;
    }
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < MOST_POINTS; i++) {
      kept.add(points.get((int) ((long) i * (points.size() - 1) / (MOST_POINTS - 1))));
    }
    return kept;
  }
}
