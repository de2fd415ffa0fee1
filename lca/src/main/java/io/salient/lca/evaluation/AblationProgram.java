package io.salient.lca.evaluation;

/** The TorchScript text of the masking curves. */
final class AblationProgram {
  /**
   * curve: x R x D, per group of neurons their indices (int64) and the weights C x group, b C; adds
   * group after group to the scores and gives the best class (the first of equals) after each:
   * groups x R of int64. A group without neurons changes nothing.
   */
  static final String SOURCE =
      """
      def curve(self, x: Tensor, groups: List[Tensor], weights: List[Tensor], b: Tensor) -> Tensor:
        scores = torch.add(torch.mul(torch.slice(x, 1, 0, 1), 0.), b)
        said = annotate(List[Tensor], [])
        for g in range(torch.len(groups)):
          if torch.gt(torch.numel(groups[g]), 0):
            some = torch.index_select(x, 1, groups[g])
            scores0 = torch.add(scores, (self).linear(some, weights[g], None))
          else:
            scores0 = scores
          scores = scores0
          _0 = torch.append(said, torch.argmax(scores, 1))
        return torch.stack(said)
      """;

  private AblationProgram() {}
}
