package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.model.NonFiniteOutputException.Place;
import io.salient.torch.TorchEngine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Finds where a value that is not finite arose. Of the layers that are sent it may only have
 * reached the last, and of the words another one than it began at, so the sentence goes through the
 * model once more, alone, and all layers are looked at from the embeddings on.
 */
final class NonFiniteSearch {
  private final Encoder encoder;
  private final WordBatch batch;
  private final int[] layers;

  /**
   * @param layers those of the word vectors, by their own numbers
   */
  NonFiniteSearch(Encoder encoder, WordBatch batch, int... layers) {
    this.encoder = encoder;
    this.batch = batch;
    this.layers = layers;
  }

  /**
   * The place of the first one.
   *
   * @param scratch manager for what is computed
   * @param vectors words x (layers x H), not all finite
   */
  Place in(NDManager scratch, NDArray vectors) {
    Place seen = seen(vectors);
    WordBatch alone =
        new WordBatch(new long[][] {batch.ids()[seen.sentence()]}, new WordBatch.Word[0]);
    NDList states = encoder.hiddenStates(scratch, alone);
    for (int layer = 0; layer < states.size(); layer++) {
      Optional<Place> arose = first(layer, seen.sentence(), states.get(layer));
      if (arose.isPresent()) {
        return arose.get();
      }
    }
    return seen; // a sum over subwords, or at the edge of what float32 holds
  }

  private Place seen(NDArray vectors) {
    MemorySegment memory = TorchEngine.memory(vectors);
    long at = firstIn(memory);
    int hidden = encoder.hiddenSize();
    int width = layers.length * hidden;
    WordBatch.Word word = batch.words()[(int) (at / width)];
    int neuron = (int) (at % width);
    return new Place(
        layers[neuron / hidden], neuron % hidden, word.sentence(), word.last(), value(memory, at));
  }

  private Optional<Place> first(int layer, int sentence, NDArray state) {
    MemorySegment memory = MemorySegment.ofArray(state.toFloatArray());
    long at = firstIn(memory);
    int hidden = encoder.hiddenSize();
    return at < 0
        ? Optional.empty()
        : Optional.of(
            new Place(
                layer, (int) (at % hidden), sentence, (int) (at / hidden), value(memory, at)));
  }

  /** Index of the first value that is not finite, -1 for none. */
  private static long firstIn(MemorySegment values) {
    for (long i = 0; i < values.byteSize() / 4; i++) {
      if (!Float.isFinite(value(values, i))) {
        return i;
      }
    }
    return -1;
  }

  private static float value(MemorySegment values, long index) {
    return values.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
  }
}
