package io.salient.extractor.neurox;

import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.Encoding;

/**
 * What a file of activations holds: for every sentence of a corpus a block of layers x words x H.
 *
 * @param starts corpus word index of each sentence's first word, ascending from 0
 * @param words words of the corpus
 * @param layers how many layers are stored of every word
 * @param layerNumbers the model's own numbers of these layers, ascending; empty for all from 0 on
 * @param hiddenSize units per layer H
 * @param encoding number format, float32 or float16
 */
public record StoredShape(
    int[] starts, int words, int layers, int[] layerNumbers, int hiddenSize, Encoding encoding) {
  /** Number of sentences. */
  public int sentences() {
    return starts.length;
  }

  /** Words of a sentence. */
  public int words(int sentence) {
    return (sentence + 1 < starts.length ? starts[sentence + 1] : words) - starts[sentence];
  }

  /** Bytes of one layer of one word. */
  int vectorBytes() {
    return Math.multiplyExact(hiddenSize, ActivationCodec.size(encoding));
  }

  /** Bytes of all stored layers of one word. */
  long wordBytes() {
    return (long) layers * vectorBytes();
  }

  /** Bytes of all vectors. */
  public long bytes() {
    return Math.multiplyExact(words, wordBytes());
  }

  /** True when every layer of the model is stored, so that position and layer are the same. */
  boolean allLayers() {
    return layerNumbers.length == 0;
  }
}
