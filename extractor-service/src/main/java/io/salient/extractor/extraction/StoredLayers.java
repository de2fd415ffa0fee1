package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.neurox.ActivationFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which layers of its model a file of activations holds: its positions do not tell. */
final class StoredLayers {
  private StoredLayers() {}

  /**
   * By the model's own numbers, ascending; empty for all from 0 on.
   *
   * @param asked what the settings say of the file; empty when they say nothing
   * @throws CheckpointException when the settings and the file contradict each other
   */
  static List<Integer> of(Path file, ActivationFile activations, List<Integer> asked) {
    int[] named = activations.namedLayers();
    int[] said = asked.stream().mapToInt(Integer::intValue).toArray();
    if (said.length > 0 && said.length != activations.layers()) {
      throw wrong(
          file
              + " holds "
              + activations.layers()
              + " layers, --layers (salient.extractor.layers) names "
              + said.length
              + ": name the layers that were extracted, in their order");
    }
    if (said.length > 0 && named != null && !Arrays.equals(said, named)) {
      throw wrong(
          file
              + " says that its layers are "
              + Arrays.toString(named)
              + ", --layers (salient.extractor.layers) says "
              + Arrays.toString(said));
    }
    int[] layers = named == null ? said : named;
    requireAscending(file, layers);
    return isFromZero(layers) ? List.of() : Arrays.stream(layers).boxed().toList();
  }

  private static void requireAscending(Path file, int[] layers) {
    int before = -1;
    for (int layer : layers) {
      if (layer <= before || layer >= ActivationFile.MAX_WIDTH) {
        throw wrong(
            file
                + ": the stored layers are said to be "
                + Arrays.toString(layers)
                + ", which are not layers of a model in ascending order");
      }
      before = layer;
    }
  }

  private static boolean isFromZero(int[] layers) {
    return Arrays.equals(layers, IntStream.range(0, layers.length).toArray());
  }

  private static CheckpointException wrong(String message) {
    return new CheckpointException("neurox.layers", message);
  }
}
