package io.salient.ranking.topology;

import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SalientNeurons;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps each ranking, and compares it with the baseline and the step before.
 *
 * <p>What is emitted is a function of the rankings that are kept, not of the order in which they
 * came: with each ranking, all comparisons that it has a part in are made anew, those of later
 * steps and, for a baseline, those of all steps. A result that no longer holds is removed by a null
 * value.
 */
final class DriftComparison implements Processor<String, RankedProbe, Object, Object> {
  private final RankingMetrics metrics;
  private final int top;
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, RankedCheckpoint> checkpoints;
  private KeyValueStore<String, RankingOrder> orders;
  private KeyValueStore<String, SalientNeurons> neurons;
  private KeyValueStore<String, ReplicateRankings> replicates;

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
  }

  @Override
  public void process(Record<String, RankedProbe> record) {
    ProbeReport report = record.value().report();
    String key = StoreKeys.checkpoint(report);
    RankedCheckpoint before = checkpoints.get(key);
    RankedCheckpoint now = RankedCheckpoint.of(report, isRanked(record.value(), before));
    if (now.isBehind(before)) {
      metrics.superseded();
      return;
    }
    ConceptSeries earlier = ConceptSeries.of(checkpoints, report);
    keep(key, now, record.value());
    if (report.getReplicate() > 0) {
      return; // replicates measure noise, they are no results of their own
    }
    ConceptSeries series = ConceptSeries.of(checkpoints, report);
    if (!now.isSame(series.at(now.step()))) {
      metrics.superseded(); // the step was saved again since, with other weights
      return;
    }
    emit(record, now, neurons.get(key));
    compareAnew(record, now, earlier, series);
  }

  private static boolean isRanked(RankedProbe probe, RankedCheckpoint before) {
    return probe.neurons().isPresent() ? probe.ranking().isPresent() : before.ranked();
  }

  private void keep(String key, RankedCheckpoint now, RankedProbe probe) {
    checkpoints.put(key, now);
    neurons.put(key, probe.neurons().orElseGet(() -> renewed(key, now, probe.report())));
    if (probe.neurons().isPresent()) {
      orders.put(key, probe.ranking().map(RankingOrder::of).orElse(null));
    }
  }

  private SalientNeurons renewed(String key, RankedCheckpoint now, ProbeReport report) {
    return SalientNeurons.newBuilder(neurons.get(key))
        .setReport(now.ranked() ? report : NeuronReport.explained(report))
        .setBaseline(report.getBaseline())
        .build();
  }

  private void compareAnew(
      Record<String, RankedProbe> cause,
      RankedCheckpoint now,
      ConceptSeries earlier,
      ConceptSeries series) {
    RankedCheckpoint baseline = series.baseline();
    boolean moved = !baseline.isSame(earlier.baseline());
    for (RankedCheckpoint step : series.all()) {
      RankedCheckpoint before = earlier.at(step.step());
      if (moved || now.isSame(baseline) || now.isSame(step)) {
        boolean existed = hasDrift(before, earlier.baseline());
        compare(cause, step, baseline, baseline, DriftAgainst.BASELINE, existed);
      }
      RankedCheckpoint previous = series.before(step.step());
      if (now.isSame(step) || now.isSame(previous)) {
        boolean existed = hasDrift(before, earlier.before(step.step()));
        compare(cause, step, previous, baseline, DriftAgainst.PREVIOUS, existed);
      }
    }
  }

  private static boolean hasDrift(RankedCheckpoint step, RankedCheckpoint other) {
    return step != null && other != null && !step.isSame(other) && step.isComparable(other);
  }

  private void compare(
      Record<String, RankedProbe> cause,
      RankedCheckpoint step,
      RankedCheckpoint other,
      RankedCheckpoint baseline,
      DriftAgainst against,
      boolean existed) {
    Kind kind = against == DriftAgainst.BASELINE ? Kind.DRIFT_BASELINE : Kind.DRIFT_PREVIOUS;
    if (hasDrift(step, other)) {
      emit(cause, step, kind, drift(cause.value().report(), step, other, baseline, against));
      metrics.compared();
    } else if (existed) {
      emit(cause, step, kind, null);
    }
  }

  private NeuronDrift drift(
      ProbeReport concept,
      RankedCheckpoint step,
      RankedCheckpoint other,
      RankedCheckpoint baseline,
      DriftAgainst against) {
    String key = keyOf(concept, step);
    String otherKey = keyOf(concept, other);
    RankingDrift drift =
        RankingDrift.between(orders.get(otherKey), orders.get(key), step.layers(), top);
    ProbeReport report = neurons.get(key).getReport();
    ProbeReport otherReport = neurons.get(otherKey).getReport();
    DriftNoise noise =
        DriftNoise.of(
            new NoiseInput(otherReport, replicates.get(otherKey)),
            new NoiseInput(report, replicates.get(key)),
            replicates.get(keyOf(concept, baseline)),
            isApplied(report, other, against));
    return NeuronDrift.newBuilder()
        .setRun(report.getRun())
        .setStep(step.step())
        .setCheckpointId(step.checkpointId())
        .setConcept(report.getConcept())
        .setAgainst(against)
        .setOtherStep(other.step())
        .setOtherCheckpointId(other.checkpointId())
        .setFinal$(step.isFinal() && other.isFinal())
        .setCoverage(Math.min(step.coverage(), other.coverage()))
        .setK(drift.k())
        .setJaccard(drift.jaccard())
        .setJaccardChance(drift.jaccardChance())
        .setRbo(drift.rbo())
        .setRboP(drift.rboP())
        .setSpearman(drift.spearman().isPresent() ? drift.spearman().getAsDouble() : null)
        .setMeanLayerShift(drift.meanLayerShift())
        .setWasserstein(drift.wasserstein())
        .setAccuracyBefore(otherReport.getAccuracy())
        .setAccuracyAfter(report.getAccuracy())
        .setTransferAccuracy(
            isApplied(report, other, against) ? report.getTransferAccuracy() : null)
        .setEntered(drift.entered())
        .setLeft(drift.left())
        .setProvenance(report.getProvenance())
        .setOtherWeights(otherReport.getProvenance().getWeights())
        .setNoise(noise.noise())
        .setCalibratedDrift(noise.calibratedDrift())
        .setPValue(noise.pValue())
        .setVerdict(noise.verdict())
        .setVerdictReason(noise.reason())
        .setLabelDrifts(noise.labels())
        .build();
  }

  /** Only where the probe that was applied is the very one compared with. */
  private static boolean isApplied(
      ProbeReport report, RankedCheckpoint other, DriftAgainst against) {
    return against == DriftAgainst.BASELINE
        && other.checkpointId().equals(report.getTransferFrom());
  }

  private static String keyOf(ProbeReport concept, RankedCheckpoint checkpoint) {
    return StoreKeys.checkpoint(
        concept.getRun(),
        concept.getConcept(),
        concept.getReplicate(),
        checkpoint.step(),
        checkpoint.checkpointId());
  }

  private void emit(
      Record<String, RankedProbe> cause, RankedCheckpoint step, SpecificRecord result) {
    emit(cause, step, Kind.NEURONS, result);
  }

  private void emit(
      Record<String, RankedProbe> cause, RankedCheckpoint step, Kind kind, SpecificRecord result) {
    ProbeReport report = cause.value().report();
    ResultKey key = new ResultKey(report.getRun(), report.getConcept(), step.step(), kind);
    context.forward(
        new Record<Object, Object>(key.text(), result, cause.timestamp()), RankingTopology.RESULTS);
  }
}
