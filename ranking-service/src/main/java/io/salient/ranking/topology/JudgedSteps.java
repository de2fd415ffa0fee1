package io.salient.ranking.topology;

import io.salient.lca.drift.AlarmSeries;
import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.NeuronDrift;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How the steps of each concept were judged against its baseline, and the alarm that follows: a
 * function of what is kept here, whatever the order in which it came.
 *
 * @param kept judgements by run, concept and step
 */
record JudgedSteps(KeyValueStore<String, NeuronDrift> kept) {
  private static final StringSerializer KEYS = new StringSerializer();

  /**
   * Keeps a drift against the baseline, without the neurons and labels, of which there are many.
   */
  void keep(NeuronDrift drift) {
    NeuronDrift small = new NeuronDrift();
    for (Schema.Field field : small.getSchema().getFields()) {
      small.put(field.pos(), drift.get(field.pos()));
    }
    small.setEntered(List.of());
    small.setLeft(List.of());
    small.setLabelDrifts(List.of());
    kept.put(StoreKeys.judged(drift.getRun(), drift.getConcept(), drift.getStep()), small);
  }

  /** Forgets a step that is not compared with the baseline any more. */
  void forget(String run, String concept, long step) {
    kept.delete(StoreKeys.judged(run, concept, step));
  }

  /** False for a step that was compared by a version before, which kept none. */
  boolean isKept(String run, String concept, long step) {
    return kept.get(StoreKeys.judged(run, concept, step)) != null;
  }

  /** The alarm of a concept; empty where none was ever raised. */
  Optional<DriftAlarm> alarm(String run, String concept) {
    NavigableMap<Long, NeuronDrift> drifts = new TreeMap<>();
    try (KeyValueIterator<String, NeuronDrift> all =
        kept.prefixScan(StoreKeys.judged(run, concept), KEYS)) {
      all.forEachRemaining(entry -> drifts.put(entry.value.getStep(), entry.value));
    }
    TreeMap<Long, Outcome> outcomes = new TreeMap<>();
    drifts.forEach((step, drift) -> outcomes.put(step, outcome(drift)));
    AlarmSeries series = AlarmSeries.of(outcomes);
    return series.changed().isEmpty() ? Optional.empty() : Optional.of(alarm(series, drifts));
  }

  private static Outcome outcome(NeuronDrift drift) {
    return Outcome.valueOf(drift.getJudgement().getOutcome().name());
  }

  private static DriftAlarm alarm(AlarmSeries series, NavigableMap<Long, NeuronDrift> drifts) {
    NeuronDrift changed = drifts.get(series.changed().getAsLong());
    NeuronDrift last = series.raised() ? drifts.get(series.steps().last()) : changed;
    return DriftAlarm.newBuilder()
        .setRun(changed.getRun())
        .setConcept(changed.getConcept())
        .setState(series.raised() ? AlarmState.RAISED : AlarmState.CLEARED)
        .setStep(changed.getStep())
        .setCheckpointId(changed.getCheckpointId())
        .setBaselineStep(changed.getOtherStep())
        .setBaselineCheckpointId(changed.getOtherCheckpointId())
        .setSteps(List.copyOf(series.steps()))
        .setJudgement(last.getJudgement())
        .setVerdict(last.getVerdict())
        .setProvenance(last.getProvenance())
        .build();
  }
}
