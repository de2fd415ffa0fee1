package io.salient.ranking.api;

import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.Noise;
import io.salient.schemas.avro.Verdict;
import java.util.Locale;

/**
 * What chance does to a ranking: similarities of fits on disjoint halves of the train sentences,
 * beside the one that was observed in the same way.
 *
 * @param replicates number B of null similarities
 * @param k neurons that are compared; not the k of the drift
 * @param meanSimilarity mean null similarity (rank-biased overlap), 0 to 1
 * @param sd its standard deviation; null for a single one
 * @param similarity what was observed: one checkpoint on one half against the other on the other
 * @param meanLayerDistance mean null distance of the layer histograms, in layers
 * @param layerDistanceSd its standard deviation; null for a single one
 * @param layerDistance what was observed
 */
public record NoiseView(
    int replicates,
    int k,
    double meanSimilarity,
    Double sd,
    double similarity,
    double meanLayerDistance,
    Double layerDistanceSd,
    double layerDistance) {

  /**
   * One label's drift beside its noise.
   *
   * @param label the label
   * @param noise of its ranking; null when it is not known
   * @param calibratedDrift (mean null similarity - observed) / sd; null without sd
   * @param pValue null without noise
   * @param f1A F1 of A's probe on A
   * @param f1B F1 of B's probe on B
   * @param transferF1 F1 of A's probe on B; null unless A is B's baseline
   * @param verdict stable, reordered, relocated, re-encoded or forgotten; null when it cannot be
   *     told
   */
  public record Label(
      String label,
      NoiseView noise,
      Double calibratedDrift,
      Double pValue,
      Double f1A,
      Double f1B,
      Double transferF1,
      String verdict) {
    static Label of(LabelDrift drift) {
      return new Label(
          drift.getLabel(),
          NoiseView.of(drift.getNoise()),
          drift.getCalibratedDrift(),
          drift.getPValue(),
          drift.getF1Before(),
          drift.getF1After(),
          drift.getTransferF1(),
          NoiseView.verdict(drift.getVerdict()));
    }
  }

  static NoiseView of(Noise noise) {
    return noise == null
        ? null
        : new NoiseView(
            noise.getReplicates(),
            noise.getK(),
            noise.getMeanSimilarity(),
            noise.getSd(),
            noise.getSimilarity(),
            noise.getMeanLayerDistance(),
            noise.getLayerDistanceSd(),
            noise.getLayerDistance());
  }

  /** As METHOD.md writes it; null for none. */
  static String verdict(Verdict verdict) {
    return verdict == Verdict.NONE
        ? null
        : verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
