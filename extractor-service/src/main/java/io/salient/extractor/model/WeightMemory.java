package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.TensorDtype;
import io.salient.torch.TensorInfo;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Weights as float32 in memory of our own.
 *
 * <p>They are copied out of the mapped file by Java, not by LibTorch: when a Trainer overwrites or
 * truncates the file meanwhile, Java gets an {@link InternalError} that can be handled, LibTorch a
 * signal that ends the process. The same pass sees whether all values are finite.
 */
final class WeightMemory implements AutoCloseable {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int INFINITE_EXPONENT = 0x7F80_0000;
  private static final long ALIGNMENT = 64;
  private static final int CHUNK = 1 << 16;

  private final CheckpointFolder checkpoint;
  private final Arena arena = Arena.ofShared();

  WeightMemory(CheckpointFolder checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Reads tensors of one width below each other.
   *
   * @param manager owner of the array; closed before this
   * @throws CheckpointException when a value is not finite, the type is not a float, or the files
   *     vanish
   */
  NDArray read(NDManager manager, Shape shape, TensorInfo... parts) {
    MemorySegment memory = arena.allocate(4 * shape.size(), ALIGNMENT);
    long at = 0;
    for (TensorInfo part : parts) {
      long bytes = 4 * part.shape().size();
      copy(part, memory.asSlice(at, bytes));
      at += bytes;
    }
    return TorchEngine.view(manager, memory, shape);
  }

  /**
   * Looks at a tensor that the model has no use for: a NaN in the head tells of a lost training.
   */
  void requireFinite(TensorInfo tensor) {
    if (tensor.dtype().supported()) {
      try (Arena scratch = Arena.ofConfined()) {
        copy(tensor, scratch.allocate(4 * tensor.shape().size(), ALIGNMENT));
      }
    }
  }

  private void copy(TensorInfo tensor, MemorySegment target) {
    MemorySegment source = checkpoint.weights().bytes(tensor.name());
    long count = tensor.shape().size();
    int exponents = 0;
    try {
      for (long start = 0; start < count; start += CHUNK) {
        int length = (int) Math.min(CHUNK, count - start);
        exponents |= copy(tensor, source, target, start, length);
      }
    } catch (InternalError e) {
      throw checkpoint.vanished(e);
    }
    if (exponents != 0) {
      throw new CheckpointException(
          "weights.non-finite",
          checkpoint.path()
              + ": non-finite in "
              + tensor.name()
              + ": the training has diverged; take an earlier checkpoint");
    }
  }

  /** Copies a chunk; the result is not 0 when one of its values is NaN or infinite. */
  private int copy(
      TensorInfo tensor, MemorySegment source, MemorySegment target, long start, int length) {
    return switch (tensor.dtype()) {
      case F32 -> copyFloats(source, target, 4 * start, length);
      case F16 -> {
        int bad = 0;
        for (long i = start; i < start + length; i++) {
          bad |= put(target, i, Float.float16ToFloat(source.get(SHORT, 2 * i)));
        }
        yield bad;
      }
      case BF16 -> {
        int bad = 0;
        for (long i = start; i < start + length; i++) {
          bad |= put(target, i, Float.intBitsToFloat(source.get(SHORT, 2 * i) << 16));
        }
        yield bad;
      }
      case F64 -> {
        int bad = 0;
        for (long i = start; i < start + length; i++) {
          bad |= put(target, i, (float) source.get(DOUBLE, 8 * i));
        }
        yield bad;
      }
      default -> throw wrongType(tensor);
    };
  }

  private static int copyFloats(MemorySegment source, MemorySegment target, long at, int length) {
    MemorySegment.copy(source, at, target, at, 4L * length);
    int bad = 0;
    for (int i = 0; i < length; i++) {
      bad |= nonFinite(target.get(INT, at + 4L * i));
    }
    return bad;
  }

  private static int put(MemorySegment target, long index, float value) {
    int bits = Float.floatToRawIntBits(value);
    target.set(INT, 4 * index, bits);
    return nonFinite(bits);
  }

  /** Sign bit set when the exponent is all ones, without a branch so that loops stay vectors. */
  private static int nonFinite(int bits) {
    return ((bits & INFINITE_EXPONENT) + 0x0080_0000) & 0x8000_0000;
  }

  private CheckpointException wrongType(TensorInfo tensor) {
    return new CheckpointException(
        "weights.dtype",
        checkpoint.path()
            + ": tensor "
            + tensor.name()
            + " is "
            + tensor.dtype()
            + "; weights may be "
            + java.util.Arrays.stream(TensorDtype.values())
                .filter(TensorDtype::supported)
                .toList());
  }

  @Override
  public void close() {
    arena.close();
  }
}
