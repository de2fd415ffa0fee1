package io.salient.extractor.checkpoint;

import io.salient.torch.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * The weights of a checkpoint as a model takes them: by their names in Transformers, as float32,
 * wherever they come from. Thread-safe.
 */
public interface CheckpointWeights extends AutoCloseable {
  /** All tensors by name. */
  Map<String, TensorInfo> tensors();

  /**
   * Writes a tensor's values, row-major float32 in native order, all of them finite.
   *
   * @param name one of {@link #tensors}
   * @param target native memory, 4 bytes for each value
   * @throws CheckpointException when a value is not finite, the type is not a float, or the files
   *     vanish
   */
  void read(String name, MemorySegment target);

  /** SHA-256, in hexadecimal, of all that decides the values: the checkpoint id. */
  String id();

  @Override
  void close();
}
