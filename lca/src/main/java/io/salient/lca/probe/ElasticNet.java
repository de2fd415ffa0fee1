package io.salient.lca.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/**
 * Mean cross-entropy of several softmax heads and its gradient, all heads in one pass over blocks
 * of rows: one matrix product forward, one back. Needs the memory of one block, however many rows
 * there are.
 */
final class ElasticNet implements AutoCloseable {
  /** Rows of a block: enough for the kernels' full speed. */
  static final int BLOCK = 1_024;

  private static final String SOURCE =
      """
      def evaluate(self, x: Tensor, w: Tensor, b: Tensor, codes: Tensor, sizes: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
        parts = torch.split_with_sizes((self).linear(x, w, b), sizes, 1)
        losses = annotate(List[Tensor], [])
        residuals = annotate(List[Tensor], [])
        for k in range(torch.len(parts)):
          code = torch.slice(codes, 1, k, torch.add(k, 1))
          known = torch.to(torch.ge(code, 0), 6)
          index = torch.clamp_min(code, 0)
          lp = torch.log_softmax(parts[k], 1)
          _0 = torch.append(losses, torch.neg(torch.sum(torch.mul(torch.gather(lp, 1, index), known), annotate(Optional[int], 7))))
          p = torch.scatter_add(torch.exp(lp), 1, index, torch.neg(torch.ones_like(known)))
          _1 = torch.append(residuals, torch.mul(p, known))
        g = torch.cat(residuals, 1)
        gt = torch.contiguous(torch.t(g))
        return (torch.stack(losses), (self).linear(gt, torch.t(x), None), torch.sum(g, [0]))
      def classes(self, x: Tensor, w: Tensor, b: Tensor, sizes: List[int]) -> Tensor:
        parts = torch.split_with_sizes((self).linear(x, w, b), sizes, 1)
        best = annotate(List[Tensor], [])
        for k in range(torch.len(parts)):
          _0 = torch.append(best, torch.argmax(parts[k], 1))
        return torch.stack(best, 1)
      """;

  private final TorchProgram program = TorchProgram.compile("elastic net", SOURCE);

  /** Loss and gradient of all heads together, sums over rows. */
  record Sums(double[] losses, float[] weightGradient, float[] biasGradient) {}

  /**
   * The heads that take part in one evaluation. Arrays are views of memory that the caller reuses.
   */
  record Heads(MemorySegment weights, float[] bias, long[] sizes) {
    int outputs() {
      return bias.length;
    }
  }

  /**
   * Evaluates all heads.
   *
   * @param rows n x D, contiguous, standardised
   * @param n number of rows
   * @param codes by row and head: class index in the head, or -1
   */
  Sums evaluate(MemorySegment rows, int n, int width, Heads heads, CodeBlocks codes) {
    Sums sums =
        new Sums(
            new double[heads.sizes().length],
            new float[heads.outputs() * width],
            new float[heads.outputs()]);
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray weights =
          TorchEngine.view(manager, heads.weights(), new Shape(heads.outputs(), width));
      NDArray bias = manager.create(heads.bias());
      for (int first = 0; first < n; first += BLOCK) {
        int count = Math.min(BLOCK, n - first);
        try (NDManager block = manager.newSubManager()) {
          NDArray x =
              TorchEngine.view(
                  block,
                  rows.asSlice(4L * first * width, 4L * count * width),
                  new Shape(count, width));
          NDArray y = block.create(codes.of(first, count), new Shape(count, heads.sizes().length));
          add(program.call(block, "evaluate", x, weights, bias, y, heads.sizes()), sums);
        }
      }
    }
    return sums;
  }

  private static void add(NDList results, Sums sums) {
    double[] losses = results.get(0).toDoubleArray();
    for (int k = 0; k < losses.length; k++) {
      sums.losses()[k] += losses[k];
    }
    add(results.get(1), sums.weightGradient());
    add(results.get(2), sums.biasGradient());
  }

  private static void add(NDArray array, float[] sum) {
    try {
      MemorySegment values = TorchEngine.memory(array);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i);
      }
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  /**
   * The most probable class of each row in each head.
   *
   * @return count x heads class indices, row-major
   */
  long[] classes(MemorySegment rows, int count, int width, Heads heads) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray x =
          TorchEngine.view(manager, rows.asSlice(0, 4L * count * width), new Shape(count, width));
      NDArray weights =
          TorchEngine.view(manager, heads.weights(), new Shape(heads.outputs(), width));
      return program
          .call(manager, "classes", x, weights, manager.create(heads.bias()), heads.sizes())
          .singletonOrThrow()
          .toLongArray();
    }
  }

  /** Class indices of the rows of a block for the active heads, row-major. */
  @FunctionalInterface
  interface CodeBlocks {
    long[] of(int first, int count);
  }

  @Override
  public void close() {
    program.close();
  }
}
