package io.salient.extractor.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.lang.foreign.MemorySegment;

/** The product of a LoRA adapter added to a weight in memory, inside LibTorch. */
final class LoraMerge {
  /** Bytes of the weight seen at once: a view is limited to 2 GiB. */
  private static final long BLOCK = 1L << 30;

  private static final String PROGRAM =
      """
      def add(self, w: Tensor, a: Tensor, b: Tensor, start: int, transposed: bool, scale: float) -> bool:
        end = torch.add(start, torch.size(w, 0))
        if transposed:
          _0 = torch.addmm_(w, torch.t(torch.slice(a, 1, start, end)), torch.t(b), beta=1, alpha=scale)
        else:
          _1 = torch.addmm_(w, torch.slice(b, 0, start, end), a, beta=1, alpha=scale)
        return bool(torch.all(torch.isfinite(w)))
      """;

  private LoraMerge() {}

  private static final class Holder {
    static final TorchProgram PROGRAM = TorchProgram.compile("LoRA", LoraMerge.PROGRAM);
  }

  /**
   * Adds {@code scale B A}, or its transpose, to the weight.
   *
   * @param weight rows x columns, float32
   * @param a rank x inputs
   * @param b outputs x rank
   * @return whether the sum is finite
   */
  static boolean add(
      MemorySegment weight,
      long rows,
      boolean transposed,
      MemorySegment a,
      MemorySegment b,
      long rank,
      double scale) {
    long rowBytes = weight.byteSize() / rows;
    long most = Math.max(1, BLOCK / rowBytes);
    boolean finite = true;
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray inputs = TorchEngine.view(manager, a, new Shape(rank, a.byteSize() / 4 / rank));
      NDArray outputs = TorchEngine.view(manager, b, new Shape(b.byteSize() / 4 / rank, rank));
      for (long start = 0; start < rows; start += most) {
        long count = Math.min(most, rows - start);
        NDArray part =
            TorchEngine.view(
                manager,
                weight.asSlice(start * rowBytes, count * rowBytes),
                new Shape(count, rowBytes / 4));
        finite &=
            Holder.PROGRAM
                .call(manager, "add", part, inputs, outputs, start, transposed, scale)
                .singletonOrThrow()
                .getBoolean();
      }
    }
    return finite;
  }
}
