package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.MemorySegment;

/** Bytes of a float tensor to float32, inside LibTorch, in blocks that DJL can address. */
final class TensorReader {
  /** Bytes seen at once: a view is limited to 2 GiB. */
  private static final long BLOCK = 1L << 30;

  /**
   * Type 6 is float32, 15 bfloat16, whose bytes arrive as float16.
   *
   * <p>A sum is finite only if everything in it is: one pass at the speed of memory. It may
   * overflow on finite values, so the exact and slower answer is asked for when it is not.
   */
  private static final String PROGRAM =
      """
      def typed(self, x: Tensor, bf16: bool) -> Tensor:
        if bf16:
          y = torch.view_copy(x, dtype=15)
        else:
          y = x
        return y
      def put(self, target: Tensor, start: int, x: Tensor, bf16: bool) -> bool:
        part = torch.slice(target, 0, start, torch.add(start, torch.numel(x)))
        _0 = torch.copy_(part, (self).typed(x, bf16))
        return True
      def finite(self, x: Tensor, bf16: bool) -> bool:
        y = (self).typed(x, bf16)
        ok = bool(torch.isfinite(torch.sum(y, dtype=6)))
        if ok:
          answer = True
        else:
          answer = bool(torch.all(torch.isfinite(torch.to(y, 6))))
        return answer
      """;

  private TensorReader() {}

  private static final class Holder {
    static final TorchProgram PROGRAM = TorchProgram.compile("tensor reader", TensorReader.PROGRAM);
  }

  /** See {@link SafetensorsFile#load}. */
  static NDArray load(NDManager manager, TensorInfo tensor, MemorySegment bytes) {
    boolean aligned = bytes.address() % tensor.dtype().bytes() == 0;
    if (tensor.dtype() == TensorDtype.F32 && aligned && bytes.byteSize() <= Integer.MAX_VALUE) {
      return TorchEngine.view(manager, bytes, tensor.shape());
    }
    return copy(manager, tensor, bytes, BLOCK);
  }

  /** Converts to an array of its own, in blocks of so many bytes. */
  static NDArray copy(NDManager manager, TensorInfo tensor, MemorySegment bytes, long block) {
    if (bytes.byteSize() == 0) {
      return manager.zeros(tensor.shape(), DataType.FLOAT32);
    }
    NDArray target = manager.create(tensor.shape(), DataType.FLOAT32);
    try (NDManager scratch = manager.newSubManager()) {
      NDArray flat = target.reshape(tensor.shape().size());
      flat.attach(scratch);
      eachBlock(
          scratch,
          tensor,
          bytes,
          block,
          (start, values) -> {
            Holder.PROGRAM.call(scratch, "put", flat, start, values, isBf16(tensor));
            return true;
          });
    }
    return target;
  }

  /** See {@link SafetensorsFile#firstNonFinite}. */
  static boolean isFinite(NDManager manager, TensorInfo tensor, MemorySegment bytes) {
    try (NDManager scratch = manager.newSubManager()) {
      return eachBlock(
          scratch,
          tensor,
          bytes,
          BLOCK,
          (start, values) ->
              Holder.PROGRAM
                  .call(scratch, "finite", values, isBf16(tensor))
                  .singletonOrThrow()
                  .getBoolean());
    }
  }

  private static boolean isBf16(TensorInfo tensor) {
    return tensor.dtype() == TensorDtype.BF16;
  }

  /** What is done with a block; false ends the walk. */
  private interface BlockAction {
    boolean apply(long firstElement, NDArray values);
  }

  private static boolean eachBlock(
      NDManager scratch, TensorInfo tensor, MemorySegment bytes, long block, BlockAction action) {
    int size = tensor.dtype().bytes();
    for (long at = 0; at < bytes.byteSize(); at += block) {
      MemorySegment part = bytes.asSlice(at, Math.min(block, bytes.byteSize() - at));
      Shape shape = new Shape(part.byteSize() / size);
      try (NDManager manager = scratch.newSubManager();
          NDArray values = TorchEngine.view(manager, part, shape, tensor.dtype().carrier())) {
        if (!action.apply(at / size, values)) {
          return false;
        }
      }
    }
    return true;
  }
}
