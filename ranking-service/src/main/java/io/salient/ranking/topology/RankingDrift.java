package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.lca.drift.LayerShift;
import io.salient.lca.drift.RankSimilarity;
import io.salient.schemas.avro.MovedNeuron;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the ranking of one checkpoint is from that of another with the same layers. "Before" is
 * the other checkpoint.
 *
 * @param k size of the compared sets, which hold fewer where fewer neurons are ranked
 * @param jaccard of the first k, 0 to 1
 * @param jaccardChance what two random sets of k have
 * @param rbo extrapolated rank-biased overlap, 0 to 1
 * @param rboP its persistence
 * @param spearman of the full scores; empty when one side does not vary
 * @param meanLayerShift after minus before, in layers; 0 where one side ranks nothing
 * @param wasserstein of the layer histograms of the first k, in layers; 0 where one side ranks
 *     nothing
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
    int[] firstBefore = before.top(k);
    int[] firstAfter = after.top(k);
    int[] layersBefore = LayerShift.histogram(firstBefore, layers);
    int[] layersAfter = LayerShift.histogram(firstAfter, layers);
    boolean placed = firstBefore.length > 0 && firstAfter.length > 0;
    double p = RankSimilarity.persistence(k);
    int[] ranksBefore = before.ranks();
    int[] ranksAfter = after.ranks();
    return new RankingDrift(
        k,
        RankSimilarity.jaccard(firstBefore, firstAfter),
        RankSimilarity.jaccardChance(k, after.width()),
        overlap(before.ranked(), after.ranked(), p),
        p,
        RankSimilarity.spearman(before.tiers(), after.tiers()),
        placed
            ? LayerShift.meanLayer(layersAfter, layers) - LayerShift.meanLayer(layersBefore, layers)
            : 0,
        placed ? LayerShift.wasserstein(layersBefore, layersAfter, layers) : 0,
        moved(firstAfter, firstBefore, ranksBefore, ranksAfter, layers),
        moved(firstBefore, firstAfter, ranksBefore, ranksAfter, layers));
  }

  private static double overlap(int[] before, int[] after, double p) {
    if (before.length == 0 || after.length == 0) {
      return before.length == after.length ? 1 : 0;
    }
    return RankSimilarity.rboOfFirst(before, after, p);
  }

  /** Those among the first k of one side that are not among those of the other. */
  private static List<MovedNeuron> moved(
      int[] first, int[] there, int[] ranksBefore, int[] ranksAfter, LayerMap layers) {
    BitSet others = new BitSet();
    Arrays.stream(there).forEach(others::set);
    return Arrays.stream(first)
        .filter(neuron -> !others.get(neuron))
        .mapToObj(
            neuron ->
                MovedNeuron.newBuilder()
                    .setLayer(layers.layerOf(neuron))
                    .setUnit(layers.unitOf(neuron))
                    .setRankBefore(ranksBefore[neuron])
                    .setRankAfter(ranksAfter[neuron])
                    .build())
        .toList();
  }
}
