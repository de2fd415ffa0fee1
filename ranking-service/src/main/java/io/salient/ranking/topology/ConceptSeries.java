package io.salient.ranking.topology;

import io.salient.schemas.avro.ProbeReport;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The rankings of one concept of one run that count: one per step, by step. */
final class ConceptSeries {
  private static final StringSerializer KEYS = new StringSerializer();

  private final NavigableMap<Long, RankedCheckpoint> bySteps;

  private ConceptSeries(NavigableMap<Long, RankedCheckpoint> bySteps) {
    this.bySteps = bySteps;
  }

  /** Where a step was saved more than once, the checkpoint announced last counts. */
  static ConceptSeries of(
      ReadOnlyKeyValueStore<String, RankedCheckpoint> checkpoints,
      String run,
      String concept,
      int replicate) {
    NavigableMap<Long, RankedCheckpoint> bySteps = new TreeMap<>();
    String prefix = StoreKeys.concept(run, concept, replicate);
    try (KeyValueIterator<String, RankedCheckpoint> all = checkpoints.prefixScan(prefix, KEYS)) {
      all.forEachRemaining(
          entry ->
              bySteps.merge(
                  entry.value.step(),
                  entry.value,
                  BinaryOperator.maxBy(RankedCheckpoint.BY_ANNOUNCEMENT)));
    }
    return new ConceptSeries(bySteps);
  }

  static ConceptSeries of(
      ReadOnlyKeyValueStore<String, RankedCheckpoint> checkpoints, ProbeReport report) {
    return of(checkpoints, report.getRun(), report.getConcept(), report.getReplicate());
  }

  Collection<RankedCheckpoint> all() {
    return bySteps.values();
  }

  /** Null when the step has no ranking. */
  RankedCheckpoint at(long step) {
    return bySteps.get(step);
  }

  /** The one of the step before; null for the first. */
  RankedCheckpoint before(long step) {
    Map.Entry<Long, RankedCheckpoint> entry = bySteps.lowerEntry(step);
    return entry == null ? null : entry.getValue();
  }

  /** The lowest step announced as baseline, else the lowest of all; null when there is none. */
  RankedCheckpoint baseline() {
    return bySteps.values().stream()
        .filter(RankedCheckpoint::baseline)
        .findFirst()
        .orElse(bySteps.isEmpty() ? null : bySteps.firstEntry().getValue());
  }
}
