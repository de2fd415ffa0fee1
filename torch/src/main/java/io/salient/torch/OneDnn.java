package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Linear layers on oneDNN's kernels: the operation {@code mkldnn::_linear_pointwise}, which
 * LibTorch's own compiler uses. {@code torch.linear} takes MKL, which on AMD processors is about
 * half as fast.
 *
 * <p>The operation is not part of LibTorch's stable interface, so it is tried once, and where it is
 * missing or wrong programs get {@code torch.linear} instead.
 */
public final class OneDnn {
  private static final String ONEDNN =
      """
      def linear(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), "")
      def linear_gelu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, w, b, "gelu", annotate(List[Optional[number]], []), "none")
      def linear_gelu_tanh(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, w, b, "gelu", annotate(List[Optional[number]], []), "tanh")
      def linear_relu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, w, b, "relu", annotate(List[Optional[number]], []), "")
      def linear_silu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, w, b, "swish", annotate(List[Optional[number]], []), "")
      """;

  private static final String TORCH =
      """
      def linear(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.linear(x, w, b)
      def linear_gelu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.gelu(torch.linear(x, w, b))
      def linear_gelu_tanh(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.gelu(torch.linear(x, w, b), approximate="tanh")
      def linear_relu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.relu(torch.linear(x, w, b))
      def linear_silu(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
        return torch.silu(torch.linear(x, w, b))
      """;

  private OneDnn() {}

  private static final class Holder {
    static final boolean AVAILABLE = tried();
  }

  /** True when this LibTorch on this processor has oneDNN's linear kernels. */
  public static boolean available() {
    return Holder.AVAILABLE;
  }

  /** The methods {@code linear}, {@code linear_gelu} and so on that every program gets. */
  static String linearMethods() {
    return linearMethods(available());
  }

  /** The same for a test that wants to see both. */
  static String linearMethods(boolean oneDnn) {
    return oneDnn ? ONEDNN : TORCH;
  }

  private static boolean tried() {
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program = TorchProgram.compileText("oneDNN trial", ONEDNN)) {
      NDArray ones = manager.ones(new Shape(2, 3));
      NDArray bias = manager.ones(new Shape(2));
      float[] product =
          program.call(manager, "linear", ones, ones, bias).singletonOrThrow().toFloatArray();
      return java.util.Arrays.equals(product, new float[] {4, 4, 4, 4});
    } catch (TorchProgramException e) {
      return false; // an operation that this build or processor lacks; torch.linear serves
    }
  }
}
