package io.salient.ranking.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.salient.ranking.topology.RankingDrift;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;

/**
 * One concept's ranking in checkpoint A against checkpoint B, as {@code salient compare --format
 * json} prints it. In a drift, A is the other checkpoint (baseline or step before), B the one that
 * drifted.
 *
 * @param concept the concept
 * @param stepA step of A
 * @param stepB step of B
 * @param checkpointA checkpoint id of A
 * @param checkpointB checkpoint id of B
 * @param isFinal false when one of the two is provisional
 * @param top size k of the compared sets
 * @param jaccard similarity of the first k, 0 to 1
 * @param jaccardChance what two random sets of k have
 * @param rbo extrapolated rank-biased overlap, 0 to 1
 * @param rboP its persistence
 * @param spearman correlation of the full scores; null when one side does not vary
 * @param meanLayerShift mean layer of the first k in B minus in A
 * @param wasserstein distance of the layer histograms, in layers
 * @param accuracyA test accuracy of A's probe on A
 * @param accuracyB test accuracy of B's probe on B
 * @param transferAccuracy test accuracy of A's probe on B; null unless A is B's baseline
 * @param entered neurons among the first k of B only, by rank in B
 * @param left neurons among the first k of A only, by rank in A
 */
public record CompareView(
    String concept,
    long stepA,
    long stepB,
    String checkpointA,
    String checkpointB,
    @JsonProperty("final") boolean isFinal,
    int top,
    double jaccard,
    double jaccardChance,
    double rbo,
    double rboP,
    Double spearman,
    double meanLayerShift,
    double wasserstein,
    Double accuracyA,
    Double accuracyB,
    Double transferAccuracy,
    List<NeuronViews.Moved> entered,
    List<NeuronViews.Moved> left) {

  /** The view of a drift: A is what it is measured against. */
  public static CompareView of(NeuronDrift drift) {
    return new CompareView(
        drift.getConcept(),
        drift.getOtherStep(),
        drift.getStep(),
        drift.getOtherCheckpointId(),
        drift.getCheckpointId(),
        drift.getFinal$(),
        drift.getK(),
        drift.getJaccard(),
        drift.getJaccardChance(),
        drift.getRbo(),
        drift.getRboP(),
        drift.getSpearman(),
        drift.getMeanLayerShift(),
        drift.getWasserstein(),
        drift.getAccuracyBefore(),
        drift.getAccuracyAfter(),
        drift.getTransferAccuracy(),
        NeuronViews.Moved.of(drift.getEntered()),
        NeuronViews.Moved.of(drift.getLeft()));
  }

  /** The view of a comparison made on request. */
  static CompareView of(SalientNeurons a, SalientNeurons b, RankingDrift drift) {
    ProbeReport before = a.getReport();
    ProbeReport after = b.getReport();
    boolean applied = a.getCheckpointId().equals(after.getTransferFrom());
    return new CompareView(
        a.getConcept(),
        a.getStep(),
        b.getStep(),
        a.getCheckpointId(),
        b.getCheckpointId(),
        before.getFinal$() && after.getFinal$(),
        drift.k(),
        drift.jaccard(),
        drift.jaccardChance(),
        drift.rbo(),
        drift.rboP(),
        drift.spearman().isPresent() ? drift.spearman().getAsDouble() : null,
        drift.meanLayerShift(),
        drift.wasserstein(),
        before.getAccuracy(),
        after.getAccuracy(),
        applied ? after.getTransferAccuracy() : null,
        NeuronViews.Moved.of(drift.entered()),
        NeuronViews.Moved.of(drift.left()));
  }
}
