package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Linear layers on oneDNN's kernels: the operation {@code mkldnn::_linear_pointwise}, which
 * LibTorch's own compiler uses. {@code torch.linear} takes MKL, which on AMD processors is about
 * half as fast.
 *
 * <p>The operation is not part of LibTorch's stable interface, so it is tried once, and where it is
 * missing or wrong programs get {@code torch.linear} instead. In bfloat16 it takes a processor with
 * AVX-512; others multiply the same rounded numbers in float32.
 */
public final class OneDnn {
  /** Type 5 is float16, which carries bfloat16 (15); 6 is float32. */
  private static final String NARROW =
      """
      def salient_narrow(self, b: Optional[Tensor]) -> Optional[Tensor]:
        if b is None:
          return b
        else:
          return b.to(15)
      """;

  private static final String ONEDNN =
      NARROW
          + """
          def salient_linear(self, x: Tensor, w: Tensor, b: Optional[Tensor], after: str, algorithm: str) -> Tensor:
            if w.dtype == 5:
              return self.salient_bfloat16(x.to(15), torch.view_copy(w, dtype=15), self.salient_narrow(b), after, algorithm).to(6)
            return ops.mkldnn._linear_pointwise(x, w, b, after, annotate(List[Optional[number]], []), algorithm)
          def linear(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return self.salient_linear(x, w, b, "none", "")
          def linear_gelu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return self.salient_linear(x, w, b, "gelu", "none")
          def linear_gelu_tanh(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return self.salient_linear(x, w, b, "gelu", "tanh")
          def linear_relu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return self.salient_linear(x, w, b, "relu", "")
          def linear_silu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return self.salient_linear(x, w, b, "swish", "")
          """;

  private static final String BFLOAT16 =
      """
      def salient_bfloat16(self, x: Tensor, w: Tensor, b: Optional[Tensor], after: str, algorithm: str) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, w, b, after, annotate(List[Optional[number]], []), algorithm)
      """;

  /** The same numbers where the processor has no instructions for it, at float32's speed. */
  private static final String WIDENED =
      """
      def salient_bfloat16(self, x: Tensor, w: Tensor, b: Optional[Tensor], after: str, algorithm: str) -> Tensor:
        if b is not None:
          b = b.to(6)
        return ops.mkldnn._linear_pointwise(x.to(6), w.to(6), b, after, annotate(List[Optional[number]], []), algorithm).to(15)
      """;

  private static final String TORCH =
      NARROW
          + """
          def linear(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            if w.dtype == 5:
              return torch.linear(x.to(15), torch.view_copy(w, dtype=15), self.salient_narrow(b)).to(6)
            return torch.linear(x, w, b)
          def linear_gelu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return torch.gelu(self.linear(x, w, b))
          def linear_gelu_tanh(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return torch.gelu(self.linear(x, w, b), approximate="tanh")
          def linear_relu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return torch.relu(self.linear(x, w, b))
          def linear_silu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
            return torch.silu(self.linear(x, w, b))
          """;

  private static final String TRIAL =
      """
      def trial(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return self.salient_bfloat16(x.to(15), w.to(15), b.to(15), "none", "").to(6)
      """;

  private OneDnn() {}

  private static final class Holder {
    static final boolean AVAILABLE = tried(ONEDNN + WIDENED, "linear");
    static final boolean BFLOAT16_AVAILABLE = AVAILABLE && tried(TRIAL + BFLOAT16, "trial");
  }

  /** True when this LibTorch on this processor has oneDNN's linear kernels. */
  public static boolean available() {
    return Holder.AVAILABLE;
  }

  /** The methods {@code linear}, {@code linear_gelu} and so on that every program gets. */
  static String linearMethods() {
    return linearMethods(available(), Holder.BFLOAT16_AVAILABLE);
  }

  /** The same for a test that wants to see all. */
  static String linearMethods(boolean oneDnn, boolean bfloat16) {
    return oneDnn ? ONEDNN + (bfloat16 ? BFLOAT16 : WIDENED) : TORCH;
  }

  private static boolean tried(String methods, String method) {
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program = TorchProgram.compileText("oneDNN trial", methods)) {
      NDArray ones = manager.ones(new Shape(2, 3));
      NDArray bias = manager.ones(new Shape(2));
      float[] product =
          program.call(manager, method, ones, ones, bias).singletonOrThrow().toFloatArray();
      return Arrays.equals(product, new float[] {4, 4, 4, 4});
    } catch (TorchProgramException e) {
      return false; // an operation that this build or processor lacks; another serves
    }
  }
}
