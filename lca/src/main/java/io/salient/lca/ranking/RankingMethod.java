package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways of ranking neurons, by the names that people give them. */
public enum RankingMethod {
  /** The exact LCA ranking of a probe's weights: {@link LcaRanker}. */
  LCA(true),
  /** What neurons contribute to a probe's answers: {@link Contributions}. */
  CONTRIBUTION(true),
  /** LCA in NeuroX's coarse steps: {@link NeuroxRanker}. */
  NEUROX(true),
  /** Distances of class means: {@link ProbelessRanker}. */
  PROBELESS(false),
  /** Mean of a class against the rest: {@link MeanSelectRanker}. */
  MEAN_SELECT(false),
  /** Greedy mutual information under a Gaussian of each class: {@link GaussianRanker}. */
  GAUSSIAN(false),
  /** Overlap of where a neuron fires with where a label stands: {@link OverlapRanker}. */
  IOU(false),
  /** Average precision of the activation as a detector of the label: {@link OverlapRanker}. */
  AVERAGE_PRECISION(false);

  private final boolean probe;

  RankingMethod(boolean probe) {
    this.probe = probe;
  }

  /** True for a ranking of a probe's weights, false for one of the activations themselves. */
  public boolean needsProbe() {
    return probe;
  }

  /** False for a method that gives every label the same scores. */
  public boolean tellsLabelsApart() {
    return this != GAUSSIAN;
  }

  /** Its name in settings and results, such as mean-select. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException when there is none, with those that there are
   */
  public static RankingMethod of(String text) {
    return Arrays.stream(values())
        .filter(method -> method.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no ranking method "
                        + text
                        + "; there are "
                        + Arrays.stream(values())
                            .map(RankingMethod::text)
                            .collect(Collectors.joining(", "))));
  }
}
