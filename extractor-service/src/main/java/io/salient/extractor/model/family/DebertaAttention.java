package io.salient.extractor.model.family;

import io.salient.extractor.model.architecture.Template;

/**
 * The block of DeBERTa: BERT's, with scores of the distances added to those of the content.
 *
 * <p>As long as no two distances share a row, the S scores that a subword needs of all R lie side
 * by side, one further for each next subword: they are read where they are and not gathered.
 */
final class DebertaAttention {
  private static final String START =
      """
      def {{method}}(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, = self.linear(x, $qk).chunk(2, -1)
        bias = mask
      """;

  private static final String SHARED =
      """
        distance_query, distance_key, = self.linear(c[0], $qk).chunk(2, -1)
      """;

  private static final String MASKED =
      """
        if mask is None:
          bias = scores
        else:
          bias = scores.add_(mask)
      """;

  private static final String END =
      """
        v = self.heads(self.linear(x, $v), $heads)
        a = self.attention(self.heads(q, $heads), self.heads(k, $heads), v, bias, $scale)
        x1 = self.norm(self.linear(a, $attention).add_(x), $attention_norm, $eps)
        f = self.linear(self.linear_act(x1, $up), $down)
        return self.norm(f.add_(x1), $output_norm, $eps)
      """;

  /** Content of the query, distance of the key. */
  private static final String CONTENT_TO_POSITION = "self.by_query(q, distance_key * $scale, c)";

  /** Content of the key, distance of the query. */
  private static final String POSITION_TO_CONTENT = "self.by_key(k, distance_query * $scale, c)";

  /**
   * Both B x n x S x S. The row of query i and key j is i - j + S - 1; for the query's scores rows
   * are turned round, so that those of its keys ascend.
   */
  static final String METHODS =
      """
      def by_query(self, x: Tensor, rows: Tensor, c: List[Tensor]) -> Tensor:
        y = self.row_scores(x, rows.flip([0]), None, $heads)
        if len(c) == 1:
          return self.ascending(y)
        b, s, n, r, = y.size()
        return torch.gather(y.transpose(1, 2), 3, c[1].expand([b, n, s, s]))
      def by_key(self, x: Tensor, rows: Tensor, c: List[Tensor]) -> Tensor:
        y = self.row_scores(x, rows, None, $heads)
        if len(c) == 1:
          return self.ascending(y).transpose(2, 3)
        b, s, n, r, = y.size()
        return torch.gather(y.transpose(1, 2), 3, c[2].expand([b, n, s, s])).transpose(2, 3)
      """;

  private DebertaAttention() {}

  /**
   * The method.
   *
   * @param method its name
   * @param shared whether distances are projected by the weights of the content
   */
  static String block(
      String method, boolean shared, boolean contentToPosition, boolean positionToContent) {
    String text = Template.of(START).fill("method", method).filled() + (shared ? SHARED : "");
    String sum = "";
    if (contentToPosition) {
      text += shared ? "" : "  distance_key = self.linear(c[0], $distance_key)\n";
      sum = CONTENT_TO_POSITION;
    }
    if (positionToContent) {
      text += shared ? "" : "  distance_query = self.linear(c[0], $distance_query)\n";
      sum = sum.isEmpty() ? POSITION_TO_CONTENT : sum + ".add_(" + POSITION_TO_CONTENT + ")";
    }
    return text + (sum.isEmpty() ? "" : "  scores = " + sum + "\n" + MASKED) + END;
  }
}
