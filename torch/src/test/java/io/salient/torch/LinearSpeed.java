package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How fast a linear layer is on each of the ways to LibTorch; the figures of ADR 1. No test of the
 * suite: {@code ./mvnw -pl torch test -Dtest=LinearSpeed} prints a table.
 *
 * <p>Each figure is the best of several runs, as 2 x rows x inputs x outputs floating-point
 * operations.
 */
class LinearSpeed {
  private static final int RUNS = 12;
  private static final int[][] SHAPES = {
    {2_048, 768, 768}, {2_048, 768, 3_072}, {2_048, 3_072, 768}
  };
  private static final String SOURCE =
      """
      def torch_linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return torch.linear(x, w, b)
      def torch_linear_gelu(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return torch.gelu(torch.linear(x, w, b))
      """;

  @Test
  void shouldPrintTheRates() {
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program = TorchProgram.compile("speed", SOURCE)) {
      System.out.printf("%d threads, oneDNN %s%n", TorchEngine.threads(), OneDnn.available());
      for (int[] shape : SHAPES) {
        measure(manager, program, shape[0], shape[1], shape[2]);
      }
    }
  }

  private static void measure(
      NDManager manager, TorchProgram program, int rows, int inputs, int outputs) {
    NDArray x = manager.randomNormal(new Shape(rows, inputs));
    NDArray w = manager.randomNormal(new Shape(outputs, inputs));
    NDArray b = manager.randomNormal(new Shape(outputs));
    double operations = 2.0 * rows * inputs * outputs;
    String size = "%d x %d x %d".formatted(rows, inputs, outputs);
    print(size, "NDArray matMul + add", operations, () -> x.matMul(w.transpose()).add(b));
    for (String method :
        new String[] {"torch_linear", "linear", "torch_linear_gelu", "linear_gelu"}) {
      print(
          size,
          method,
          operations,
          () -> program.call(manager, method, x, w, b).singletonOrThrow());
    }
  }

  private static void print(String size, String what, double operations, Supplier<NDArray> action) {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      action.get().close();
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf("%-20s %-22s %6.0f GFLOP/s%n", size, what, operations / (double) best);
  }
}
