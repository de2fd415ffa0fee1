package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.TensorInfo;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;

/** Weights as float32 in memory of our own, all of them finite. */
final class WeightMemory implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  /** Buffers, which were stored before Transformers 4.31 and are computed since. */
  private static final Pattern CONSTANT =
      Pattern.compile(
          "(.*\\.)?(attn\\.bias|attention\\.bias|masked_bias|causal_mask|attn_mask|mask|inv_freq"
              + "|(sin|cos)(_cached)?|embed_positions|position_ids|token_type_ids)");

  private final CheckpointFolder checkpoint;
  private final Arena arena = Arena.ofShared();

  WeightMemory(CheckpointFolder checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Reads tensors of one width below each other.
   *
   * @param manager owner of the array; closed before this
   * @throws io.salient.extractor.checkpoint.CheckpointException when a value is not finite, the
   *     type is not a float, or the files vanish
   */
  NDArray read(NDManager manager, Shape shape, TensorInfo... parts) {
    MemorySegment memory = arena.allocate(4 * shape.size(), ALIGNMENT);
    long at = 0;
    for (TensorInfo part : parts) {
      long bytes = 4 * part.shape().size();
      checkpoint.weights().read(part.name(), memory.asSlice(at, bytes));
      at += bytes;
    }
    return TorchEngine.view(manager, memory, shape);
  }

  /**
   * Looks at a tensor that the model has no use for: a NaN in the head tells of a lost training.
   * Constants that older libraries stored, such as a mask of minus infinity, are no weights.
   */
  void requireFinite(TensorInfo tensor) {
    if (!tensor.dtype().supported() || CONSTANT.matcher(tensor.name()).matches()) {
      return;
    }
    try (Arena scratch = Arena.ofShared()) {
      checkpoint
          .weights()
          .read(tensor.name(), scratch.allocate(4 * tensor.shape().size(), ALIGNMENT));
    } catch (CheckpointException e) {
      throw e.code().equals("weights.non-finite")
          ? new CheckpointException(
              e.code(),
              e.getMessage()
                  + ". The encoder does not use this tensor: if it is a constant and no weight,"
                  + " leave it out of the file",
              e)
          : e;
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
