package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.salient.schemas.avro.Aggregation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model with its weights in memory: sentences in, the output of every layer out. Layer 0 is the
 * output of the embeddings, layer l that of block l, as Transformers' {@code hidden_states}: where
 * the family has a final norm, it is part of the last layer.
 *
 * <p>Thread-safe as far as each thread brings its own manager; closed when no call runs.
 */
public interface Encoder extends AutoCloseable {
  /** Its family: {@code model_type} of config.json. */
  String modelType();

  /** Layers, embeddings included: 13 for BERT-base. */
  int layers();

  /** Units per layer H. */
  int hiddenSize();

  /** Longest sentence in subwords, special ones included. */
  int maxPositions();

  /** Rows of the word embedding: ids run from 0 to one less. */
  int vocabulary();

  /**
   * One vector per word, of all layers.
   *
   * @param manager owner of the result
   * @return float32, contiguous, words x (layers x H), layer-major
   */
  default NDArray words(NDManager manager, WordBatch batch, Aggregation aggregation) {
    return words(manager, batch, aggregation, IntStream.range(0, layers()).toArray());
  }

  /**
   * One vector per word, of some layers; those above the last of them are not computed.
   *
   * @param manager owner of the result
   * @param layers their numbers, at least one, ascending
   * @return float32, contiguous, words x (those layers x H), layer-major
   * @throws NonFiniteOutputException when a value is no finite number
   */
  NDArray words(NDManager manager, WordBatch batch, Aggregation aggregation, int... layers);

  /**
   * The same and, behind it, the output of one layer whole: sentences x S x H, to go on from with
   * {@link #wordsAbove}.
   *
   * @param keep number of that layer, not above the last of the wanted ones
   */
  NDList wordsAndState(
      NDManager manager, WordBatch batch, Aggregation aggregation, int keep, int... layers);

  /**
   * One vector per word, of layers above one whose output is given; neither that nor those below
   * are computed. The values are those of {@link #words}, bit by bit.
   *
   * @param below number of the layer that is given
   * @param state its output for this batch; not written to
   * @param layers wanted ones, all above it
   */
  NDArray wordsAbove(
      NDManager manager,
      WordBatch batch,
      Aggregation aggregation,
      int below,
      NDArray state,
      int... layers);

  /**
   * For every layer a hash of all that decides its output, the subwords apart: of the program and
   * of the weights of this layer and of those below. Models of the same key at a layer give the
   * same output there.
   */
  List<String> layerKeys();

  /**
   * The outputs of all layers.
   *
   * @param manager owner of the results
   * @return one float32 array per layer, sentences x S x H; what stands at padding has no meaning
   */
  NDList hiddenStates(NDManager manager, WordBatch batch);

  /** Frees the weights. */
  @Override
  void close();
}
