package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RelativeLayers;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;
import java.util.Optional;
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
    ProbeReport report = neurons.get(key).getReport();
    ProbeReport otherReport = neurons.get(otherKey).getReport();
    DriftJudgement judged =
        DriftJudgement.of(
            new JudgementInput(otherReport, KeptReplicates.of(replicates, otherKey)),
            new JudgementInput(report, KeptReplicates.of(replicates, key)),
            isApplied(report, step, other, against));
    NeuronDrift.Builder record =
        NeuronDrift.newBuilder()
            .setRun(report.getRun())
            .setStep(step.step())
            .setCheckpointId(step.checkpointId())
            .setConcept(report.getConcept())
            .setAgainst(against)
            .setOtherStep(other.step())
            .setOtherCheckpointId(other.checkpointId())
            .setFinal$(step.isFinal() && other.isFinal())
            .setCoverage(Math.min(step.coverage(), other.coverage()))
            .setAccuracyBefore(otherReport.getAccuracy())
            .setAccuracyAfter(report.getAccuracy())
            .setTransferAccuracy(
                isApplied(report, step, other, against) ? report.getTransferAccuracy() : null)
            .setProvenance(report.getProvenance())
            .setOtherWeights(otherReport.getProvenance().getWeights())
            .setJudgement(judged.ranking())
            .setPlace(judged.place())
            .setKnowledge(judged.knowledge())
            .setVerdict(judged.verdict())
            .setVerdictReason(judged.reason())
            .setNoisePending(judged.pending())
            .setLabelDrifts(judged.labels());
    RankingOrder before = order(otherKey, other.layers());
    RankingOrder after = order(key, step.layers());
    return step.layers().equals(other.layers())
        ? byNeuron(record, RankingDrift.between(before, after, step.layers(), top))
        : byLayer(record, RelativeDrift.between(otherReport, before, report, after, top));
  }

  private static NeuronDrift byNeuron(NeuronDrift.Builder record, RankingDrift drift) {
    return record
        .setK(drift.k())
        .setJaccard(drift.jaccard())
        .setJaccardChance(drift.jaccardChance())
        .setRbo(drift.rbo())
        .setRboP(drift.rboP())
        .setSpearman(drift.spearman().isPresent() ? drift.spearman().getAsDouble() : null)
        .setMeanLayerShift(drift.meanLayerShift())
        .setWasserstein(drift.wasserstein())
        .setEntered(drift.entered())
        .setLeft(drift.left())
        .build();
  }

  /** Neurons have no counterpart in a model of other layers. */
  private static NeuronDrift byLayer(NeuronDrift.Builder record, Optional<RelativeLayers> drift) {
    return record
        .setK(0)
        .setJaccard(0)
        .setJaccardChance(0)
        .setRbo(0)
        .setRboP(0)
        .setMeanLayerShift(0)
        .setWasserstein(0)
        .setEntered(List.of())
        .setLeft(List.of())
        .setRelative(drift.orElse(null))
        .build();
  }

  /** Only where the probe that was applied is the very one compared with. */
  private static boolean isApplied(
      ProbeReport report, RankedCheckpoint step, RankedCheckpoint other, DriftAgainst against) {
    return against == DriftAgainst.BASELINE
        && step.layers().equals(other.layers())
        && other.checkpointId().equals(report.getTransferFrom());
  }

  /** One without neurons where nothing is ranked. */
  private RankingOrder order(String key, LayerMap layers) {
    RankingOrder kept = orders.get(key);
    return kept == null ? RankingOrder.ofNothing(layers.width()) : kept;
  }
}
