package io.salient.lca.probe;

/** The TorchScript text of the probe: all concepts' softmax heads in one matrix product. */
final class SoftmaxProgram {
  /**
   * evaluate: x R x D, w C x D, b C, codes K x R of int64 (-1: the word takes no part; where all
   * take part, complete says so and saves a pass), and the K heads as groups of neighbours of equal
   * size, which share their operations: how many, their size, and both multiplied; gives the summed
   * loss of each head (float64), the gradient C x D and that of the biases. The scores lie class by
   * class, C x R: so the softmax runs along words, at the processor's full width, and the way back
   * needs no transposition. logits: the scores R x C. probabilities: of one head, C x every step-th
   * row from the first on. gram: x x' of x A x R. products: the two matrix products of evaluate and
   * nothing else, to measure the kernels by.
   */
  static final String SOURCE =
      """
      def evaluate(self, x: Tensor, w: Tensor, b: Tensor, codes: Tensor, complete: bool, counts: List[int], sizes: List[int], widths: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
        scores = torch.add_((self).linear(w, x, None), torch.unsqueeze(b, 1))
        parts = torch.split_with_sizes(scores, widths, 0)
        classes = torch.split_with_sizes(codes, counts, 0)
        losses = annotate(List[Tensor], [])
        residuals = annotate(List[Tensor], [])
        for k in range(torch.len(parts)):
          code = torch.unsqueeze(classes[k], 1)
          known = torch.to(torch.ge(code, 0), 6)
          index = torch.clamp_min(code, 0)
          lp = torch.log_softmax(torch.reshape(parts[k], [counts[k], sizes[k], -1]), 1)
          _0 = torch.append(losses, torch.neg(torch.sum(torch.mul(torch.gather(lp, 1, index), known), [1, 2], dtype=7)))
          p = torch.scatter_add_(torch.exp_(lp), 1, index, torch.neg(torch.ones_like(known)))
          if not complete:
            p = torch.mul_(p, known)
          _1 = torch.append(residuals, torch.reshape(p, [widths[k], -1]))
        if torch.eq(torch.len(residuals), 1):
          g = residuals[0]
        else:
          g = torch.cat(residuals, 0)
        return (torch.cat(losses), (self).linear(g, torch.t(x), None), torch.sum(g, [1], dtype=7))
      def logits(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return (self).linear(x, w, b)
      def probabilities(self, x: Tensor, w: Tensor, b: Tensor, first: int, step: int) -> Tensor:
        some = torch.contiguous(torch.slice(x, 0, first, 9223372036854775807, step))
        return torch.softmax(torch.add_((self).linear(w, some, None), torch.unsqueeze(b, 1)), 0)
      def gram(self, x: Tensor) -> Tensor:
        return (self).linear(x, x, None)
      def products(self, x: Tensor, w: Tensor, gt: Tensor) -> Tuple[Tensor, Tensor]:
        return ((self).linear(w, x, None), (self).linear(gt, torch.t(x), None))
      """;

  private SoftmaxProgram() {}
}
