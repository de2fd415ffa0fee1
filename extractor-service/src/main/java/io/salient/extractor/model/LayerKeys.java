package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import io.salient.extractor.model.architecture.LayerWeights;
import io.salient.torch.TorchEngine;
import io.salient.torch.WeightsHash;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Chained hashes over a model's weights as they lie in memory, layer by layer. */
final class LayerKeys {
  /** Rows of an array that are seen at once: a view is limited to 2 GiB. */
  private static final long BLOCK = 1L << 30;

  private LayerKeys() {}

  /**
   * See {@link Encoder#layerKeys}.
   *
   * @param weights in the program's order
   */
  static List<String> of(LayerWeights layers, NDArray[] weights, Dtype dtype) {
    List<List<MemorySegment>> memory = new ArrayList<>();
    for (NDArray array : weights) {
      memory.add(memory(array)); // here, as a manager is of one thread
    }
    String[] hashes = new String[weights.length];
    try {
      IntStream.range(0, weights.length).parallel().forEach(i -> hashes[i] = hash(memory.get(i)));
    } finally {
      Reference.reachabilityFence(weights);
    }
    List<String> keys = new ArrayList<>();
    String below = text(dtype + "\n" + TorchEngine.threads() + "\n" + layers.program());
    for (List<Integer> layer : layers.ofLayer()) {
      StringBuilder all = new StringBuilder(below);
      layer.forEach(weight -> all.append('\n').append(hashes[weight]));
      below = text(all.toString());
      keys.add(below);
    }
    return keys;
  }

  private static List<MemorySegment> memory(NDArray array) {
    long bytes = array.size() * array.getDataType().getNumOfBytes();
    if (bytes <= BLOCK) {
      return List.of(TorchEngine.memory(array));
    }
    List<MemorySegment> parts = new ArrayList<>();
    long rows = array.getShape().get(0);
    long most = Math.max(1, BLOCK / (bytes / rows));
    for (long row = 0; row < rows; row += most) {
      parts.add(TorchEngine.memory(array.get(row + ":" + Math.min(rows, row + most))));
    }
    return parts;
  }

  private static String hash(List<MemorySegment> parts) {
    return parts.size() == 1
        ? WeightsHash.of(parts.getFirst())
        : text(String.join("\n", parts.stream().map(WeightsHash::of).toList()));
  }

  private static String text(String text) {
    return WeightsHash.of(MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
  }
}
