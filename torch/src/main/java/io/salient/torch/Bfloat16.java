package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Weights of linear layers in bfloat16, the upper half of float32. DJL must never see LibTorch's
 * bfloat16, so the array says float16, and the methods {@code linear} and {@code linear_gelu} of
 * every {@link TorchProgram} take such a weight as bfloat16: they round their input to bfloat16,
 * multiply in it with sums in float32, and give float32.
 */
public final class Bfloat16 {
  private static final String PROGRAM =
      """
      def narrow(self, x: Tensor) -> Tensor:
        return torch.view_copy(x.to(15), dtype=5)
      def largest(self, x: Tensor) -> Tensor:
        return torch.maximum(torch.max(x), -torch.min(x))
      """;

  /** From here on float32 is rounded to infinity: half a unit above the greatest bfloat16. */
  private static final float TOO_LARGE = Float.intBitsToFloat(0x7F7F_8000);

  private Bfloat16() {}

  private static final class Holder {
    static final TorchProgram PROGRAM = TorchProgram.compile("bfloat16", Bfloat16.PROGRAM);
  }

  /**
   * Rounds to nearest even.
   *
   * @param manager owner of the result
   * @param weight float32
   * @return its values as bfloat16 under the name of float16: only for a program's linear methods
   */
  public static NDArray linearWeight(NDManager manager, NDArray weight) {
    return Holder.PROGRAM.call(manager, "narrow", weight).singletonOrThrow();
  }

  /**
   * Whether all values stay finite when they are rounded.
   *
   * @param scratch manager for what is computed
   * @param weight float32, finite
   */
  public static boolean holds(NDManager scratch, NDArray weight) {
    try (NDArray largest = Holder.PROGRAM.call(scratch, "largest", weight).singletonOrThrow()) {
      return largest.getFloat() < TOO_LARGE;
    }
  }
}
