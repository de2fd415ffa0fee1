package io.salient.lca.probe;

/** The TorchScript text of the probe: all concepts' softmax heads in one matrix product. */
final class SoftmaxProgram {
  /**
   * evaluate: x R x D, w C x D, b C, codes R x K of int64 (-1: the word takes no part), and the K
   * heads as groups of neighbours of equal size, which share their operations: how many, their
   * size, and both multiplied; gives the summed loss of each head (float64), the gradient C x D and
   * that of the biases. logits: the scores R x C. probabilities: of one head, C x every step-th row
   * from the first on. gram: x'x. products: the two matrix products of evaluate and nothing else,
   * to measure the kernels by.
   */
  static final String SOURCE =
      """
      def evaluate(self, x: Tensor, w: Tensor, b: Tensor, codes: Tensor, counts: List[int], sizes: List[int], widths: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
        parts = torch.split_with_sizes((self).linear(x, w, b), widths, 1)
        classes = torch.split_with_sizes(codes, counts, 1)
        losses = annotate(List[Tensor], [])
        residuals = annotate(List[Tensor], [])
        for k in range(torch.len(parts)):
          code = torch.unsqueeze(classes[k], 2)
          known = torch.to(torch.ge(code, 0), 6)
          index = torch.clamp_min(code, 0)
          lp = torch.log_softmax(torch.reshape(parts[k], [-1, counts[k], sizes[k]]), 2)
          _0 = torch.append(losses, torch.neg(torch.sum(torch.mul(torch.gather(lp, 2, index), known), [0, 2], dtype=7)))
          p = torch.exp_(lp)
          p0 = torch.scatter_add_(p, 2, index, torch.neg(torch.ones_like(known)))
          p1 = torch.mul_(p0, known)
          _1 = torch.append(residuals, torch.reshape(p1, [-1, widths[k]]))
        if torch.eq(torch.len(residuals), 1):
          g = residuals[0]
        else:
          g = torch.cat(residuals, 1)
        gt = torch.contiguous(torch.t(g))
        return (torch.cat(losses), (self).linear(gt, torch.t(x), None), torch.sum(gt, [1], dtype=7))
      def logits(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return (self).linear(x, w, b)
      def probabilities(self, x: Tensor, w: Tensor, b: Tensor, first: int, step: int) -> Tensor:
        some = torch.contiguous(torch.slice(x, 0, first, 9223372036854775807, step))
        return torch.contiguous(torch.t(torch.softmax((self).linear(some, w, b), 1)))
      def gram(self, x: Tensor) -> Tensor:
        t = torch.contiguous(torch.t(x))
        return (self).linear(t, t, None)
      def products(self, x: Tensor, w: Tensor, b: Tensor, gt: Tensor) -> Tuple[Tensor, Tensor]:
        return ((self).linear(x, w, b), (self).linear(gt, torch.t(x), None))
      """;

  private SoftmaxProgram() {}
}
