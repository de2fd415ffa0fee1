package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SalientNeurons;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Makes the drift between two kept rankings of one concept.
 *
 * @param orders full orders
 * @param neurons results
 * @param replicates what drift is judged by
 * @param top size of the compared sets
 */
record DriftRecords(
    ReadOnlyKeyValueStore<String, RankingOrder> orders,
    ReadOnlyKeyValueStore<String, SalientNeurons> neurons,
    ReadOnlyKeyValueStore<String, ReplicateRankings> replicates,
    int top) {

  /**
   * The drift of a step from another.
   *
   * @param keys of checkpoints in the stores
   */
  NeuronDrift between(
      Function<RankedCheckpoint, String> keys,
      RankedCheckpoint step,
      RankedCheckpoint other,
      DriftAgainst against) {
    String key = keys.apply(step);
    String otherKey = keys.apply(other);
    RankingDrift drift =
        RankingDrift.between(
            order(otherKey, step.layers()), order(key, step.layers()), step.layers(), top);
    ProbeReport report = neurons.get(key).getReport();
    ProbeReport otherReport = neurons.get(otherKey).getReport();
    DriftJudgement judged =
        DriftJudgement.of(
            new JudgementInput(otherReport, KeptReplicates.of(replicates, otherKey)),
            new JudgementInput(report, KeptReplicates.of(replicates, key)),
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
        .setJudgement(judged.ranking())
        .setPlace(judged.place())
        .setKnowledge(judged.knowledge())
        .setVerdict(judged.verdict())
        .setVerdictReason(judged.reason())
        .setNoisePending(judged.pending())
        .setLabelDrifts(judged.labels())
        .build();
  }

  /** Only where the probe that was applied is the very one compared with. */
  private static boolean isApplied(
      ProbeReport report, RankedCheckpoint other, DriftAgainst against) {
    return against == DriftAgainst.BASELINE
        && other.checkpointId().equals(report.getTransferFrom());
  }

  /** One without neurons where nothing is ranked. */
  private RankingOrder order(String key, LayerMap layers) {
    RankingOrder kept = orders.get(key);
    return kept == null ? RankingOrder.ofNothing(layers.width()) : kept;
  }
}
