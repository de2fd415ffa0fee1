package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.lca.drift.LayerShift;
import io.salient.lca.drift.RankSimilarity;
import io.salient.schemas.avro.MovedNeuron;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the ranking of one checkpoint is from that of another with the same layers. "Before" is
 * the other checkpoint.
 *
 * @param k size of the compared sets
 * @param jaccard of the first k, 0 to 1
 * @param jaccardChance what two random sets of k have
 * @param rbo extrapolated rank-biased overlap, 0 to 1
 * @param rboP its persistence
 * @param spearman of the full scores; empty when one side does not vary
 * @param meanLayerShift after minus before, in layers
 * @param wasserstein of the layer histograms of the first k, in layers
 * @param entered among the first k after only
 * @param left among the first k before only
 */
public record RankingDrift(
    int k,
    double jaccard,
    double jaccardChance,
    double rbo,
    double rboP,
    OptionalDouble spearman,
    double meanLayerShift,
    double wasserstein,
    List<MovedNeuron> entered,
    List<MovedNeuron> left) {

  /**
   * Compares two rankings of the same width.
   *
   * @param layers of both
   * @param top size of the compared sets; all neurons when there are fewer
   */
  public static RankingDrift between(
      RankingOrder before, RankingOrder after, LayerMap layers, int top) {
    int k = Math.min(top, after.width());
    int[] firstBefore = Arrays.copyOf(before.order(), k);
    int[] firstAfter = Arrays.copyOf(after.order(), k);
    int[] layersBefore = LayerShift.histogram(firstBefore, layers);
    int[] layersAfter = LayerShift.histogram(firstAfter, layers);
    double p = RankSimilarity.persistence(k);
    int[] ranksBefore = before.ranks();
    int[] ranksAfter = after.ranks();
    return new RankingDrift(
        k,
        RankSimilarity.jaccard(before.order(), after.order(), k),
        RankSimilarity.jaccardChance(k, after.width()),
        RankSimilarity.rbo(before.order(), after.order(), p),
        p,
        RankSimilarity.spearman(before.tiers(), after.tiers()),
        LayerShift.meanLayer(layersAfter, layers) - LayerShift.meanLayer(layersBefore, layers),
        LayerShift.wasserstein(layersBefore, layersAfter, layers),
        moved(firstAfter, ranksBefore, ranksBefore, ranksAfter, layers),
        moved(firstBefore, ranksAfter, ranksBefore, ranksAfter, layers));
  }

  /** Those among the first k of one side whose rank on the other side is beyond k. */
  private static List<MovedNeuron> moved(
      int[] first, int[] ranksThere, int[] ranksBefore, int[] ranksAfter, LayerMap layers) {
    List<MovedNeuron> moved = new ArrayList<>();
    for (int neuron : first) {
      if (ranksThere[neuron] > first.length) {
        moved.add(
            MovedNeuron.newBuilder()
                .setLayer(layers.layerOf(neuron))
                .setUnit(layers.unitOf(neuron))
                .setRankBefore(ranksBefore[neuron])
                .setRankAfter(ranksAfter[neuron])
                .build());
      }
    }
    return moved;
  }
}
