package io.salient.ranking.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.salient.ranking.topology.DriftNoise;
import io.salient.ranking.topology.RankingDrift;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
 * @param noise what chance does to the ranking; null when it is not known
 * @param calibratedDrift (mean null similarity - observed) / sd; null without sd
 * @param pValue (1 + null similarities at most as large as the observed) / (B + 1); null without
 *     noise
 * @param verdict stable, reordered, relocated, re-encoded or forgotten; null when it cannot be told
 * @param verdictReason why there is no verdict; null when there is one
 * @param perLabel the same by label; empty without noise
 * @param weightsA how A's weights were read where it was not plainly: dtype, randomSeed, baseModel
 *     (of an adapter), by name
 * @param weightsB how B's were
 * @param notes what people should know, such as that the two were not read the same way
 * @param relative only for models of different sizes, of which nothing else can be compared: their
 *     similarities, shift, distance and moved neurons are null
 */
public record CompareView(
    String concept,
    long stepA,
    long stepB,
    String checkpointA,
    String checkpointB,
    @JsonProperty("final") boolean isFinal,
    int top,
    Double jaccard,
    Double jaccardChance,
    Double rbo,
    Double rboP,
    Double spearman,
    Double meanLayerShift,
    Double wasserstein,
    Double accuracyA,
    Double accuracyB,
    Double transferAccuracy,
    List<NeuronViews.Moved> entered,
    List<NeuronViews.Moved> left,
    NoiseView noise,
    Double calibratedDrift,
    @JsonProperty("pValue") Double pValue,
    String verdict,
    String verdictReason,
    List<NoiseView.Label> perLabel,
    Map<String, String> weightsA,
    Map<String, String> weightsB,
    List<String> notes,
    RelativeLayers relative) {
  private static final String OTHER_SIZE =
      "the models have different sizes: only relative layers are compared";

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
        NeuronViews.Moved.of(drift.getLeft()),
        NoiseView.of(drift.getNoise()),
        drift.getCalibratedDrift(),
        drift.getPValue(),
        NoiseView.verdict(drift.getVerdict()),
        drift.getVerdictReason().isEmpty() ? null : drift.getVerdictReason(),
        drift.getLabelDrifts().stream().map(NoiseView.Label::of).toList(),
        new TreeMap<>(drift.getOtherWeights()),
        weights(drift.getProvenance()),
        WeightDifferences.of(drift.getOtherWeights(), drift.getProvenance().getWeights()),
        null);
  }

  /** The view of a comparison made on request. */
  static CompareView of(SalientNeurons a, SalientNeurons b, RankingDrift drift, DriftNoise noise) {
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
        NeuronViews.Moved.of(drift.left()),
        NoiseView.of(noise.noise()),
        noise.calibratedDrift(),
        noise.pValue(),
        NoiseView.verdict(noise.verdict()),
        noise.reason().isEmpty() ? null : noise.reason(),
        noise.labels().stream().map(NoiseView.Label::of).toList(),
        weights(before.getProvenance()),
        weights(after.getProvenance()),
        WeightDifferences.of(
            before.getProvenance().getWeights(), after.getProvenance().getWeights()),
        null);
  }

  /** The view of two models of different sizes. */
  static CompareView of(SalientNeurons a, SalientNeurons b, int top, RelativeLayers relative) {
    Map<String, String> weightsA = weights(a.getReport().getProvenance());
    Map<String, String> weightsB = weights(b.getReport().getProvenance());
    return new CompareView(
        a.getConcept(),
        a.getStep(),
        b.getStep(),
        a.getCheckpointId(),
        b.getCheckpointId(),
        a.getReport().getFinal$() && b.getReport().getFinal$(),
        top,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        a.getReport().getAccuracy(),
        b.getReport().getAccuracy(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        OTHER_SIZE,
        List.of(),
        weightsA,
        weightsB,
        WeightDifferences.of(weightsA, weightsB),
        relative);
  }

  private static Map<String, String> weights(Provenance origin) {
    return new TreeMap<>(origin.getWeights());
  }
}
