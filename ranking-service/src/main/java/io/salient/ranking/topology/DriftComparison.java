package io.salient.ranking.topology;

import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps each ranking and what it is judged by, and compares rankings with the baseline and the step
 * before.
 *
 * <p>What is emitted is a function of what is kept, not of the order in which it came: with each
 * ranking, all comparisons that it has a part in are made anew, those of later steps and, for a
 * baseline, those of all steps; with the replicates of a checkpoint too. So a drift comes at once,
 * without a verdict, and again when the replicates of both sides are there. A verdict depends on
 * its two checkpoints only; the alarm of a concept on all of its judged steps, so that it may be
 * raised, moved, cleared or taken back by a checkpoint that comes late. A result that no longer
 * holds is removed by a null value.
 */
final class DriftComparison implements Processor<String, Object, Object, Object> {
  private final RankingMetrics metrics;
  private final int top;
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, RankedCheckpoint> checkpoints;
  private KeyValueStore<String, RankingOrder> orders;
  private KeyValueStore<String, SalientNeurons> neurons;
  private KeyValueStore<String, ReplicateRankings> replicates;
  private DriftRecords drifts;
  private JudgedSteps judged;

  /**
   * Whose rankings are compared, and when that was asked for.
   *
   * @param run training run
   * @param concept the concept
   * @param timestamp of the record that asked, milliseconds
   */
  private record Cause(String run, String concept, long timestamp) {
    static Cause of(ProbeReport report, long timestamp) {
      return new Cause(report.getRun(), report.getConcept(), timestamp);
    }
  }

  DriftComparison(RankingMetrics metrics, int top) {
    this.metrics = metrics;
    this.top = top;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    checkpoints = context.getStateStore(RankingStores.CHECKPOINTS);
    orders = context.getStateStore(RankingStores.ORDERS);
    neurons = context.getStateStore(RankingStores.NEURONS);
    replicates = context.getStateStore(RankingStores.REPLICATES);
    drifts = new DriftRecords(orders, neurons, replicates, top);
    judged = new JudgedSteps(context.getStateStore(RankingStores.JUDGED));
  }

  @Override
  public void process(Record<String, Object> record) {
    switch (record.value()) {
      case RankedProbe probe -> take(probe, record.timestamp());
      case ReplicateRankings halves -> take(halves, record.timestamp());
      default -> throw new IllegalStateException("nothing compares a " + record.value());
    }
  }

  private void take(RankedProbe probe, long timestamp) {
    ProbeReport report = probe.report();
    String key = StoreKeys.checkpoint(report);
    RankedCheckpoint before = checkpoints.get(key);
    RankedCheckpoint now = RankedCheckpoint.of(report, isRanked(probe, before));
    if (now.isBehind(before)) {
      metrics.superseded();
      return;
    }
    ConceptSeries earlier = ConceptSeries.of(checkpoints, report);
    keep(key, now, probe);
    if (report.getReplicate() > 0) {
      return; // replicates measure noise, they are no results of their own
    }
    ConceptSeries series = ConceptSeries.of(checkpoints, report);
    if (!now.isSame(series.at(now.step()))) {
      metrics.superseded(); // the step was saved again since, with other weights
      return;
    }
    Cause cause = Cause.of(report, timestamp);
    emit(cause, now.step(), Kind.NEURONS, neurons.get(key));
    compareAnew(cause, now, earlier, series);
  }

  /** They may come before their ranking too: then it is compared with them at once. */
  private void take(ReplicateRankings halves, long timestamp) {
    String key = StoreKeys.checkpoint(halves);
    replicates.put(StoreKeys.part(key, halves.getPart()), halves);
    if (KeptReplicates.of(replicates, key) == null) {
      return; // the other parts are still to come
    }
    ConceptSeries series = ConceptSeries.of(checkpoints, halves.getRun(), halves.getConcept(), 0);
    RankedCheckpoint of = series.at(halves.getStep());
    if (of != null && of.checkpointId().equals(halves.getCheckpointId())) {
      Cause cause = new Cause(halves.getRun(), halves.getConcept(), timestamp);
      tellReproducibility(cause, of, key);
      compareAnew(cause, of, series, series);
    }
  }

  /** What was said of the ranking is said again, with what its halves say of it. */
  private void tellReproducibility(Cause cause, RankedCheckpoint of, String key) {
    neurons.put(
        key, RankingReproducibility.in(neurons.get(key), KeptReplicates.of(replicates, key)));
    emit(cause, of.step(), Kind.NEURONS, neurons.get(key));
  }

  private static boolean isRanked(RankedProbe probe, RankedCheckpoint before) {
    return probe.neurons().isPresent() ? probe.ranking().isPresent() : before.ranked();
  }

  private void keep(String key, RankedCheckpoint now, RankedProbe probe) {
    checkpoints.put(key, now);
    SalientNeurons shown = probe.neurons().orElseGet(() -> renewed(key, now, probe.report()));
    neurons.put(key, RankingReproducibility.in(shown, KeptReplicates.of(replicates, key)));
    if (probe.neurons().isPresent()) {
      orders.put(key, probe.ranking().map(RankingOrder::of).orElse(null));
    }
  }

  private SalientNeurons renewed(String key, RankedCheckpoint now, ProbeReport report) {
    SalientNeurons kept = neurons.get(key);
    return SalientNeurons.newBuilder(kept)
        .setReport(NeuronReport.explained(report, now.ranked(), kept.getPerLabel()))
        .setBaseline(report.getBaseline())
        .build();
  }

  private void compareAnew(
      Cause cause, RankedCheckpoint now, ConceptSeries earlier, ConceptSeries series) {
    RankedCheckpoint baseline = series.baseline();
    boolean all = now.isSame(baseline) || !baseline.isSame(earlier.baseline());
    Optional<DriftAlarm> alarm = judged.alarm(cause.run(), cause.concept());
    for (RankedCheckpoint step : series.all()) {
      RankedCheckpoint before = earlier.at(step.step());
      if (all || now.isSame(step) || isUnjudged(cause, step, baseline)) {
        boolean existed = hasDrift(before, earlier.baseline());
        compare(cause, step, baseline, DriftAgainst.BASELINE, existed);
      }
      RankedCheckpoint previous = series.before(step.step());
      if (now.isSame(step) || now.isSame(previous)) {
        boolean existed = hasDrift(before, earlier.before(step.step()));
        compare(cause, step, previous, DriftAgainst.PREVIOUS, existed);
      }
    }
    Optional<DriftAlarm> then = judged.alarm(cause.run(), cause.concept());
    if (!then.equals(alarm)) {
      emit(cause, ResultKey.NO_STEP, Kind.ALARM, then.orElse(null));
    }
  }

  /** Of a version that kept no judgements: the alarm needs them all. */
  private boolean isUnjudged(Cause cause, RankedCheckpoint step, RankedCheckpoint baseline) {
    return hasDrift(step, baseline) && !judged.isKept(cause.run(), cause.concept(), step.step());
  }

  private static boolean hasDrift(RankedCheckpoint step, RankedCheckpoint other) {
    return step != null && other != null && !step.isSame(other) && step.isComparable(other);
  }

  private void compare(
      Cause cause,
      RankedCheckpoint step,
      RankedCheckpoint other,
      DriftAgainst against,
      boolean existed) {
    boolean toBaseline = against == DriftAgainst.BASELINE;
    Kind kind = toBaseline ? Kind.DRIFT_BASELINE : Kind.DRIFT_PREVIOUS;
    if (hasDrift(step, other)) {
      NeuronDrift drift =
          drifts.between(checkpoint -> keyOf(cause, checkpoint), step, other, against);
      if (toBaseline) {
        judged.keep(drift);
      }
      emit(cause, step.step(), kind, drift);
      metrics.compared();
      return;
    }
    if (toBaseline) {
      judged.forget(cause.run(), cause.concept(), step.step());
    }
    if (existed) {
      emit(cause, step.step(), kind, null);
    }
  }

  private static String keyOf(Cause cause, RankedCheckpoint checkpoint) {
    return StoreKeys.checkpoint(
        cause.run(), cause.concept(), 0, checkpoint.step(), checkpoint.checkpointId());
  }

  private void emit(Cause cause, long step, Kind kind, SpecificRecord result) {
    ResultKey key = new ResultKey(cause.run(), cause.concept(), step, kind);
    context.forward(
        new Record<Object, Object>(key.text(), result, cause.timestamp()), RankingTopology.RESULTS);
  }
}
