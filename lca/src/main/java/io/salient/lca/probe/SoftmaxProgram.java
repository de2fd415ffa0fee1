package io.salient.lca.probe;

/** The TorchScript text of the probe: all concepts' softmax heads in one matrix product. */
final class SoftmaxProgram {
  /**
   * evaluate: x R x D, w C x D, b C, codes R x K of int64 (-1: the word takes no part), sizes of
   * the K heads; gives the summed loss of each head (float64), the gradient C x D and that of the
   * biases. logits: the scores R x C. products: the two matrix products of evaluate and nothing
   * else, to measure the kernels by.
   */
  static final String SOURCE =
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
          _0 = torch.append(losses, torch.neg(torch.sum(torch.mul(torch.gather(lp, 1, index), known), dtype=7)))
          p = torch.scatter_add(torch.exp(lp), 1, index, torch.neg(torch.ones_like(known)))
          _1 = torch.append(residuals, torch.mul(p, known))
        g = torch.cat(residuals, 1)
        gt = torch.contiguous(torch.t(g))
        return (torch.stack(losses), (self).linear(gt, torch.t(x), None), torch.sum(g, [0], dtype=7))
      def logits(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return (self).linear(x, w, b)
      def products(self, x: Tensor, w: Tensor, b: Tensor, gt: Tensor) -> Tuple[Tensor, Tensor]:
        return ((self).linear(x, w, b), (self).linear(gt, torch.t(x), None))
      """;

  private SoftmaxProgram() {}
}
