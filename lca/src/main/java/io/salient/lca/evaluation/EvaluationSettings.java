package io.salient.lca.evaluation;

import java.util.Set;

/**
 * What is evaluated and how.
 *
 * @param chosen what; empty for nothing beyond the fit's own measures
 * @param controlDraws control tasks of each concept
 * @param randomDraws random orders of the neurons, for masking and for redundancy
 * @param delta what the probe on all neurons may be better by than the minimal set's on dev words:
 *     a difference of accuracies, or a share of it when relative
 * @param relative whether delta is a share
 * @param disjointSets further sets looked for after the minimal set
 * @param topWordsNeurons neurons of each concept whose words are listed
 * @param seed of control tasks and random orders
 */
public record EvaluationSettings(
    Set<Analysis> chosen,
    int controlDraws,
    int randomDraws,
    double delta,
    boolean relative,
    int disjointSets,
    int topWordsNeurons,
    long seed) {
  /** Checks that every number is in its range. */
  public EvaluationSettings {
    chosen = Set.copyOf(chosen);
    check("controlDraws", controlDraws, controlDraws >= 1 && controlDraws <= 100);
    check("randomDraws", randomDraws, randomDraws >= 1 && randomDraws <= 100);
    check("delta", delta, delta >= 0 && delta < 1);
    check("disjointSets", disjointSets, disjointSets >= 0 && disjointSets <= 100);
    check("topWordsNeurons", topWordsNeurons, topWordsNeurons >= 0 && topWordsNeurons <= 100);
  }

  /** Five controls, five random draws, one point, two further sets, words of 20 neurons. */
  public static EvaluationSettings of(Set<Analysis> chosen) {
    return new EvaluationSettings(chosen, 5, 5, 0.01, false, 2, 20, 7);
  }

  /** How many of the analyses take work of their own: 0 when there is nothing to do after a fit. */
  public int work() {
    return (int) chosen.stream().filter(Analysis::takesWork).count();
  }

  /** True when one of some analyses is wanted. */
  public boolean wants(Analysis... any) {
    for (Analysis analysis : any) {
      if (chosen.contains(analysis)) {
        return true;
      }
    }
    return false;
  }

  private static void check(String name, double value, boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException(name + " = " + value + " is out of range");
    }
  }
}
