package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.model.Encoder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which layers of a model are sent.
 *
 * @param asked the model's own numbers, 0 for the embeddings' output; below 0 counted from the end,
 *     -1 for the last; empty for all
 */
public record LayerChoice(List<Integer> asked) {
  /** All layers. */
  public static final LayerChoice ALL = new LayerChoice(List.of());

  /**
   * Their numbers in a model, ascending, each once.
   *
   * @throws CheckpointException when the model has no such layer
   */
  int[] of(Encoder encoder) {
    int layers = encoder.layers();
    if (asked.isEmpty()) {
      return IntStream.range(0, layers).toArray();
    }
    for (int layer : asked) {
      if (layer < -layers || layer >= layers) {
        throw new CheckpointException(
            "layers.out-of-range",
            "salient.extractor.layers (--layers) asks for layer "
                + layer
                + ", but this "
                + encoder.modelType()
                + " has layers 0 to "
                + (layers - 1));
      }
    }
    return asked.stream()
        .mapToInt(layer -> layer < 0 ? layers + layer : layer)
        .distinct()
        .sorted()
        .toArray();
  }
}
