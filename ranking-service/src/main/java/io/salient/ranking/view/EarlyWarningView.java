package io.salient.ranking.view;

import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.MethodRanking;
import java.util.List;

/**
 * What is known of one concept at one checkpoint before any fit: rankings by methods that need no
 * probe, over the words that are there.
 *
 * @param run training run
 * @param step training step
 * @param checkpointId SHA-256 of the weights
 * @param concept the concept
 * @param tier always early-warning: provisional, whatever the coverage
 * @param coverage share of the rows that were there, 0 to 1
 * @param trainWords that the rankings are over
 * @param layers number of layers that are looked at
 * @param layerNumbers the model's own number of each
 * @param hidden units per layer
 * @param k size of the compared sets
 * @param otherStep the step before; null when there is nothing to compare with
 * @param otherCoverage coverage of the other; null when there is none
 * @param methods one ranking each
 */
public record EarlyWarningView(
    String run,
    long step,
    String checkpointId,
    String concept,
    String tier,
    float coverage,
    int trainWords,
    int layers,
    List<Integer> layerNumbers,
    int hidden,
    int k,
    Long otherStep,
    Float otherCoverage,
    List<Method> methods) {

  /**
   * One ranking.
   *
   * @param method probeless or mean-select
   * @param changed how many of the first k were not among them at the step before; null when there
   *     is nothing to compare with
   * @param ranking the first neurons over all labels
   */
  public record Method(String method, Integer changed, List<NeuronViews.Ranked> ranking) {
    private static Method of(MethodRanking ranking, int top) {
      return new Method(
          ranking.getMethod(),
          ranking.getChanged(),
          NeuronViews.Ranked.of(ranking.getRanking(), top));
    }
  }

  /** The view of a warning, each ranking cut to its first neurons. */
  public static EarlyWarningView of(EarlyWarning warning, int top) {
    return new EarlyWarningView(
        warning.getRun(),
        warning.getStep(),
        warning.getCheckpointId(),
        warning.getConcept(),
        "early-warning",
        warning.getCoverage(),
        warning.getTrainWords(),
        warning.getLayers(),
        ReportLayers.of(warning).numbers(),
        warning.getHiddenSize(),
        warning.getK(),
        warning.getOtherStep(),
        warning.getOtherStep() == null ? null : warning.getOtherCoverage(),
        warning.getMethods().stream().map(method -> Method.of(method, top)).toList());
  }
}
