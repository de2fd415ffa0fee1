package io.salient.extractor.extraction;

import io.salient.extractor.tokenization.ExtractionCorpus;
import java.util.List;
import java.util.Map;

/**
 * What is known of a checkpoint's activations before the first is sent.
 *
 * @param checkpointId tells the bytes of the checkpoint from all others
 * @param corpus whose words they are
 * @param layers layers that are sent
 * @param layerNumbers their numbers in the model, ascending; empty for all from 0 on
 * @param hiddenSize values of a layer
 * @param rows words with a vector
 * @param truncatedWords words that do not fit the model or have no place in the file
 * @param droppedWords words without a subword
 * @param origin what they were made by
 */
record ActivationFacts(
    String checkpointId,
    ExtractionCorpus corpus,
    int layers,
    List<Integer> layerNumbers,
    int hiddenSize,
    int rows,
    int truncatedWords,
    int droppedWords,
    Origin origin) {

  /**
   * What activations were made by.
   *
   * @param modelType as in config.json, or {@code neurox}
   * @param tokenizer hash of the corpus' subwords; empty when unknown
   * @param weights what is out of the ordinary about the weights, by name
   */
  record Origin(String modelType, String tokenizer, Map<String, String> weights) {}

  /** Values of a row. */
  int neurons() {
    return Math.multiplyExact(layers, hiddenSize);
  }
}
