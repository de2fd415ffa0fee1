package io.salient.lca.evaluation;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import java.util.function.IntFunction;

/**
 * The words that probes were fitted and are measured on.
 *
 * @param matrix their activations
 * @param rows corpus word indices whose rows are there, strictly ascending
 * @param split part of each word
 * @param layers how the neurons lie in layers
 * @param sentences of the whole corpus, and which of them are alike
 * @param words the text of a word whose row is there
 */
public record EvaluationData(
    ActivationMatrix matrix,
    int[] rows,
    Split split,
    LayerMap layers,
    SentenceGroups sentences,
    IntFunction<String> words) {
  int[] rowsOf(byte part) {
    return split.rowsOf(part, rows);
  }
}
