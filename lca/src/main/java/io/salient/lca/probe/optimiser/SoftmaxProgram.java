package io.salient.lca.probe.optimiser;

/** The TorchScript text of the joint softmax loss: all heads in one matrix product. */
public final class SoftmaxProgram {
  /**
   * x R x D, w and d C x D, b and db C, codes K x R of int64 (-1: the word takes no part; where all
   * take part, complete says so and saves a pass), and the K heads as groups of neighbours of equal
   * size, which share their operations: how many, their size, and both multiplied. Scores lie class
   * by class, C x R: so the softmax runs along words, at the processor's full width, and the way
   * back needs no transposition. Sums over words are float64 but for the gradient's product.
   *
   * <ul>
   *   <li>residuals: the summed loss of each head and p - y, C x R; wrong: the latter alone
   *   <li>back: both of given scores, with the gradient C x D and that of the biases
   *   <li>start: the same at a point; zero says that w is all zeros
   *   <li>evaluate: what of start a quasi-Newton method asks for
   *   <li>advance: from the scores at V, which has the residuals given, along d; gives the loss and
   *       the scores at V + d, for each class the change of the residuals along its change of
   *       scores, and, moved on by momentum away from the last scores, the scores, residuals and
   *       gradient of the next V
   *   <li>balance: of one head with other biases, the summed probabilities of each class and their
   *       second moments; newton: the step of the biases that these ask for
   *   <li>certify: of one head with other biases, loss, entropy and both gradients
   *   <li>scores: of a point, C x R; logits: the same as R x C. products: the two matrix products
   *       of an evaluation and nothing else, to measure the kernels by
   *   <li>gram: the upper triangle of x x' of x A x R, in panels of rows; what else is in it is not
   *       to be used
   * </ul>
   */
  public static final String SOURCE =
      """
      def residuals(self, scores: Tensor, codes: Tensor, complete: bool, counts: List[int], sizes: List[int], widths: List[int]) -> Tuple[Tensor, Tensor]:
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
          r = residuals[0]
        else:
          r = torch.cat(residuals, 0)
        return (torch.cat(losses), r)
      def wrong(self, scores: Tensor, codes: Tensor, complete: bool, counts: List[int], sizes: List[int], widths: List[int]) -> Tensor:
        parts = torch.split_with_sizes(scores, widths, 0)
        classes = torch.split_with_sizes(codes, counts, 0)
        residuals = annotate(List[Tensor], [])
        for k in range(torch.len(parts)):
          code = torch.unsqueeze(classes[k], 1)
          known = torch.to(torch.ge(code, 0), 6)
          p = torch.softmax(torch.reshape(parts[k], [counts[k], sizes[k], -1]), 1)
          p = torch.scatter_add_(p, 1, torch.clamp_min(code, 0), torch.neg(torch.ones_like(known)))
          if not complete:
            p = torch.mul_(p, known)
          _0 = torch.append(residuals, torch.reshape(p, [widths[k], -1]))
        if torch.eq(torch.len(residuals), 1):
          r = residuals[0]
        else:
          r = torch.cat(residuals, 0)
        return r
      def back(self, x: Tensor, scores: Tensor, codes: Tensor, complete: bool, counts: List[int], sizes: List[int], widths: List[int]) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
        losses, r = (self).residuals(scores, codes, complete, counts, sizes, widths)
        return (losses, (self).linear(r, torch.t(x), None), torch.sum(r, [1], dtype=7), r)
      def scores(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return torch.add_((self).linear(w, x, None), torch.unsqueeze(b, 1))
      def start(self, x: Tensor, w: Tensor, b: Tensor, zero: bool, codes: Tensor, complete: bool, counts: List[int], sizes: List[int], widths: List[int]) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        if zero:
          scores = torch.contiguous(torch.expand(torch.unsqueeze(b, 1), [-1, torch.size(x, 0)]))
        else:
          scores = (self).scores(x, w, b)
        losses, g, gb, r = (self).back(x, scores, codes, complete, counts, sizes, widths)
        return (losses, g, gb, r, scores)
      def evaluate(self, x: Tensor, w: Tensor, b: Tensor, codes: Tensor, complete: bool, counts: List[int], sizes: List[int], widths: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
        losses, g, gb, r, scores = (self).start(x, w, b, False, codes, complete, counts, sizes, widths)
        return (losses, g, gb)
      def advance(self, x: Tensor, d: Tensor, db: Tensor, scores: Tensor, last: Tensor, residuals: Tensor, momentum: Tensor, moving: bool, codes: Tensor, complete: bool, counts: List[int], sizes: List[int], widths: List[int]) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        u = torch.add_((self).linear(d, x, None), torch.unsqueeze(db, 1))
        there = torch.add(scores, u)
        losses, r = (self).residuals(there, codes, complete, counts, sizes, widths)
        along = torch.sum(torch.mul_(u, torch.sub(r, residuals)), [1], dtype=7)
        beyond = there
        if moving:
          beyond = torch.lerp(last, there, torch.unsqueeze(torch.add(momentum, 1), 1))
          r = (self).wrong(beyond, codes, complete, counts, sizes, widths)
        return (losses, (self).linear(r, torch.t(x), None), torch.sum(r, [1], dtype=7), r, along, there, beyond)
      def balance(self, scores: Tensor, b: Tensor, code: Tensor) -> Tuple[Tensor, Tensor]:
        known = torch.to(torch.ge(code, 0), 6)
        p = torch.mul(torch.softmax(torch.add(scores, torch.unsqueeze(b, 1)), 0), known)
        return (torch.sum(p, [1], dtype=7), torch.to((self).linear(p, p, None), 7))
      def newton(self, sums: Tensor, second: Tensor, words: Tensor, ridge: float) -> Tensor:
        h = torch.sub(torch.diag(torch.add(sums, ridge)), second)
        return torch.squeeze(torch.linalg_solve(h, torch.unsqueeze(torch.sub(words, sums), 1)), 1)
      def certify(self, x: Tensor, scores: Tensor, b: Tensor, code: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
        known = torch.to(torch.ge(code, 0), 6)
        index = torch.clamp_min(code, 0)
        lp = torch.log_softmax(torch.add(scores, torch.unsqueeze(b, 1)), 0)
        loss = torch.neg(torch.sum(torch.mul(torch.gather(lp, 0, index), known), dtype=7))
        p = torch.exp(lp)
        entropy = torch.neg(torch.sum(torch.mul(torch.mul(lp, p), known), dtype=7))
        r = torch.mul_(torch.scatter_add_(p, 0, index, torch.neg(torch.ones_like(known))), known)
        return (loss, entropy, (self).linear(r, torch.t(x), None), torch.sum(r, [1], dtype=7))
      def logits(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return (self).linear(x, w, b)
      def gram(self, x: Tensor, panel: int) -> Tensor:
        height = torch.size(x, 0)
        second = torch.zeros([height, height], dtype=6)
        first = 0
        while torch.lt(first, height):
          rest = torch.slice(x, 0, first, height)
          end = torch.add(first, panel)
          product = (self).linear(torch.slice(rest, 0, 0, panel), rest, None)
          _0 = torch.copy_(torch.slice(torch.slice(second, 0, first, end), 1, first, height), product)
          first = end
        return second
      def products(self, x: Tensor, w: Tensor, gt: Tensor) -> Tuple[Tensor, Tensor]:
        return ((self).linear(w, x, None), (self).linear(gt, torch.t(x), None))
      """;

  private SoftmaxProgram() {}
}
