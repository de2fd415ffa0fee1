package io.salient.lca.drift;

import io.salient.lca.drift.ReplicateSimilarity.Likeness;
import io.salient.lca.evaluation.Proportion;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A drift beside its noise, for a concept or for one of its labels.
 *
 * @param similarities what chance does to the similarity of rankings
 * @param layers what chance does to the nearness of layer histograms: minus their distance
 * @param observed the checkpoint's half against the other half of the baseline
 * @param verdict empty where there is only one replicate, or where performance is unknown
 */
public record Judgement(
    NoiseFloor similarities, NoiseFloor layers, Likeness observed, Optional<Verdict> verdict) {
  /** Of a false alarm, for each of the two noise floors of a concept. */
  public static final double LEVEL = 0.01;

  /** A drop of accuracy that is not smaller than this counts, 1 point. */
  public static final double MARGIN = 0.01;

  /** Steps in which rank-biased overlap comes. */
  private static final double SIMILARITY_STEP = 1e-3;

  /**
   * How well probes do, on the test words of the labels that count. For one label: the words on
   * which label and answer agree, among those that have the label or the answer, of which F1 is a
   * growing function.
   *
   * @param before the baseline's probe on the baseline
   * @param transferred the baseline's probe, unchanged, on the checkpoint
   * @param after the checkpoint's own probe
   */
  public record Performance(Proportion before, Proportion transferred, Proportion after) {
    /** True when the baseline's probe loses more than {@link #MARGIN}, beyond the intervals. */
    public boolean baselineProbeFails() {
      return before.leastDropTo(transferred) > MARGIN;
    }

    /** True when the checkpoint's own probe does worse by as much. */
    public boolean newProbeFails() {
      return before.leastDropTo(after) > MARGIN;
    }
  }

  /**
   * Judges.
   *
   * @param nulls one likeness per split of the baseline
   * @param observed the crossed one
   * @param performance empty where the baseline's probe was not applied: there is no verdict
   * @param level of a false alarm for each noise floor
   * @param layerStep least step of a layer distance: 1 / k
   * @return empty where there is nothing to measure noise by: no replicates, or rankings that are
   *     empty
   */
  public static Optional<Judgement> of(
      List<Likeness> nulls,
      Likeness observed,
      Optional<Performance> performance,
      double level,
      double layerStep) {
    if (nulls.isEmpty() || observed == null || nulls.stream().anyMatch(Objects::isNull)) {
      return Optional.empty();
    }
    NoiseFloor similarities =
        NoiseFloor.of(nulls.stream().mapToDouble(Likeness::similarity).toArray());
    NoiseFloor layers =
        NoiseFloor.of(nulls.stream().mapToDouble(like -> -like.layerDistance()).toArray());
    Optional<Verdict> verdict =
        nulls.size() < 2
            ? Optional.empty()
            : performance.map(
                probes ->
                    Verdict.of(
                        new Verdict.Signals(
                            similarities.isBeyond(observed.similarity(), level, SIMILARITY_STEP),
                            layers.isBeyond(-observed.layerDistance(), level, layerStep),
                            probes.baselineProbeFails(),
                            probes.newProbeFails())));
    return Optional.of(new Judgement(similarities, layers, observed, verdict));
  }
}
