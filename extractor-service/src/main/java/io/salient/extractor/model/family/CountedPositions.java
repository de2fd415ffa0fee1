package io.salient.extractor.model.family;

/**
 * Learned absolute positions as RoBERTa counts them: the first subword has the row behind that of
 * the padding's id, the second the next. A subword with the padding's id that stands in the text as
 * a word has the padding's own row and is not counted.
 */
final class CountedPositions {
  /** Rows of {@code $positions} for ids B x S, B x S x H; {@code $padding} is the padding's id. */
  static final String TEXT =
      """
      def positions(self, ids: Tensor, w: List[Tensor]) -> Tensor:
        counted = torch.to(ids != $padding, 4)
        return torch.embedding($positions, torch.cumsum(counted, 1) * counted + $padding)
      """;

  private CountedPositions() {}
}
