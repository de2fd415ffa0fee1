package io.salient.extractor.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.salient.schemas.avro.TrainingLog;
import io.salient.schemas.avro.TrainingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a Trainer logged since the checkpoint before, by the {@code log_history} of its
 * trainer_state.json: loss, learning rate, evaluation metrics. Bounded, whatever the file holds: it
 * goes with every status of the checkpoint.
 */
public final class TrainingHistory {
  static final int MOST_POINTS = 32;
  static final int MOST_VALUES = 12;
  private static final int MOST_NAME = 64;
  private static final String FILE = "trainer_state.json";

  private TrainingHistory() {}

  /** What is logged in a checkpoint folder; null where nothing is, or nothing that can be read. */
  public static TrainingLog read(Path folder) {
    try {
      return of(CheckpointJson.read(folder.resolve(FILE)));
    } catch (IOException e) {
      return null; // that the step could not be checked against it is told already
    }
  }

  private static TrainingLog of(JsonNode state) {
    NavigableMap<Long, Map<String, Double>> all = values(state);
    if (all.isEmpty()) {
      return null;
    }
    long since = all.lastKey() - state.path("save_steps").asLong(Long.MAX_VALUE / 2);
    NavigableMap<Long, Map<String, Double>> recent = all.tailMap(since, false);
    List<TrainingPoint> points = new ArrayList<>();
    for (long step : kept(recent)) {
      Map<String, Double> values = recent.get(step);
      Double epoch = values.remove("epoch");
      points.add(
          TrainingPoint.newBuilder().setStep(step).setEpoch(epoch).setValues(values).build());
    }
    return TrainingLog.newBuilder().setPoints(points).build();
  }

  /** By step, all that was logged there. */
  private static NavigableMap<Long, Map<String, Double>> values(JsonNode state) {
    NavigableMap<Long, Map<String, Double>> all = new TreeMap<>();
    for (JsonNode entry : state.path("log_history")) {
      JsonNode step = entry.path("step");
      if (step.isIntegralNumber() && step.canConvertToLong() && step.longValue() >= 0) {
        Map<String, Double> values = all.computeIfAbsent(step.longValue(), s -> new TreeMap<>());
        entry.properties().forEach(one -> add(values, one.getKey(), one.getValue()));
      }
    }
    all.values().removeIf(values -> values.keySet().stream().allMatch("epoch"::equals));
    return all;
  }

  private static void add(Map<String, Double> values, String name, JsonNode value) {
    boolean told = !name.equals("step") && !name.equals("total_flos") && !isTiming(name);
    boolean room = values.size() < MOST_VALUES || name.equals("epoch");
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (told && room && name.length() <= MOST_NAME && Double.isFinite(number)) {
      values.put(name, number);
    }
  }

  private static boolean isTiming(String name) {
    return name.endsWith("runtime") || name.endsWith("_per_second");
  }

  /** All steps, or of many those with evaluations and of the others every so many. */
  private static SortedSet<Long> kept(NavigableMap<Long, Map<String, Double>> points) {
    if (points.size() <= MOST_POINTS) {
      return new TreeSet<>(points.keySet());
    }
    SortedSet<Long> kept = new TreeSet<>();
    points.descendingMap().entrySet().stream()
        .filter(point -> point.getValue().keySet().stream().anyMatch(n -> n.startsWith("eval_")))
        .limit(MOST_POINTS / 2)
        .forEach(point -> kept.add(point.getKey()));
    List<Long> all = List.copyOf(points.keySet());
    int every = MOST_POINTS / 2 - 1;
    for (int i = 0; i <= every; i++) {
      kept.add(all.get(i * (all.size() - 1) / every));
    }
    return kept;
  }
}
