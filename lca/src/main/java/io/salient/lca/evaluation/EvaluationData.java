package io.salient.lca.evaluation;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.Split;
import java.util.function.IntFunction;

/**
 * The words that probes were fitted and are measured on.
 *
 * @param matrix their activations
 * @param rows corpus word indices whose rows are there, strictly ascending
 * @param split part of each word
 * @param layers how the neurons lie in layers
 * @param sentenceStarts word index of the first word of each sentence, ascending from 0
 * @param words the text of a word whose row is there
 */
public record EvaluationData(
    ActivationMatrix matrix,
    int[] rows,
    Split split,
    LayerMap layers,
    int[] sentenceStarts,
    IntFunction<String> words) {
  int[] rowsOf(byte part) {
    return split.rowsOf(part, rows);
  }
}
