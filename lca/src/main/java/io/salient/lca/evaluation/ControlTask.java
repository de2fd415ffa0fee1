package io.salient.lca.evaluation;

import io.salient.lca.Split;
import io.salient.lca.SplitMix;
import io.salient.lca.probe.ConceptLabels;
import java.util.HashMap;
import java.util.Map;

/**
 * Control tasks (Hewitt and Liang, EMNLP 2019): every word type has one label, drawn once from the
 * distribution of the concept's labels over the train words. Only memory helps with such a task, so
 * the accuracy a probe reaches in it says how much of the concept's own accuracy may be memory.
 *
 * <p>A label depends on the word, the seed and the draw alone: a control task is the same for every
 * checkpoint of a run. Control tasks are concepts like others, fitted jointly with each other;
 * their names hold a {@code #}, which no concept's name may.
 */
public final class ControlTask {
  private static final String MARK = "#control-";

  private ControlTask() {}

  /**
   * Draws a control task.
   *
   * @param concept whose labels and words it takes
   * @param draw which of several, from 0
   */
  public static ConceptLabels of(ConceptLabels concept, EvaluationData data, int draw, long seed) {
    double[] upTo = cumulative(concept, data);
    int[] codes = concept.codes().clone();
    Map<String, Integer> drawn = new HashMap<>();
    for (int row : data.rows()) {
      if (codes[row] >= 0) {
        codes[row] =
            drawn.computeIfAbsent(
                data.words().apply(row), word -> label(upTo, SplitMix.of(seed + draw, word)));
      }
    }
    return new ConceptLabels(name(concept.concept(), draw), concept.labels(), codes);
  }

  /** What the control task of a concept is called. */
  static String name(String concept, int draw) {
    return concept + MARK + (draw + 1);
  }

  /** True for the name of a control task: its probe is nobody's result. */
  public static boolean is(String concept) {
    return concept.contains(MARK);
  }

  private static double[] cumulative(ConceptLabels concept, EvaluationData data) {
    double[] upTo = new double[concept.labels().size()];
    for (int row : data.rowsOf(Split.TRAIN)) {
      if (concept.codes()[row] >= 0) {
        upTo[concept.codes()[row]]++;
      }
    }
    for (int label = 1; label < upTo.length; label++) {
      upTo[label] += upTo[label - 1];
    }
    return upTo;
  }

  /** The first label whose share reaches beyond the point; a label without train words never is. */
  private static int label(double[] upTo, long bits) {
    double point = SplitMix.uniform(bits) * upTo[upTo.length - 1];
    for (int label = 0; label < upTo.length; label++) {
      if (point < upTo[label]) {
        return label;
      }
    }
    return -1; // no train word has a label: there is nothing to draw from
  }
}
