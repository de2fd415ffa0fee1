package io.salient.extractor.model.family;

/** The block of DeBERTa: BERT's, with scores of the distances added to those of the content. */
final class DebertaAttention {
  private static final String START =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, = self.linear(x, $qk).chunk(2, -1)
        q1 = self.heads(q, $heads)
        k1 = self.heads(k, $heads)
        pairs = [q1.size(0), q1.size(1), q1.size(2), q1.size(2)]
        bias = mask
      """;

  private static final String SHARED =
      """
        distance_query, distance_key, = self.linear(c[0], $qk).chunk(2, -1)
      """;

  /** Content of the query, distance of the key. */
  private static final String CONTENT_TO_POSITION =
      """
        dk = self.heads(distance_key[None], $heads)
        c2p = torch.gather(torch.matmul(q1, dk.transpose(2, 3)), 3, c[1].expand(pairs)) * $scale
        if bias is None:
          bias = c2p
        else:
          bias = bias + c2p
      """;

  /** Content of the key, distance of the query. */
  private static final String POSITION_TO_CONTENT =
      """
        dq = self.heads(distance_query[None], $heads)
        p2c = torch.gather(torch.matmul(k1, dq.transpose(2, 3)), 3, c[2].expand(pairs)) * $scale
        if bias is None:
          bias = p2c.transpose(2, 3)
        else:
          bias = bias + p2c.transpose(2, 3)
      """;

  private static final String END =
      """
        a = self.attention(q1, k1, self.heads(self.linear(x, $v), $heads), bias, $scale)
        x1 = self.norm(self.linear(a, $attention).add_(x), $attention_norm, $eps)
        f = self.linear(self.linear_act(x1, $up), $down)
        return self.norm(f.add_(x1), $output_norm, $eps)
      """;

  private DebertaAttention() {}

  /**
   * The method.
   *
   * @param shared whether distances are projected by the weights of the content
   */
  static String block(boolean shared, boolean contentToPosition, boolean positionToContent) {
    String text = START;
    if (shared) {
      text += SHARED;
    }
    if (contentToPosition) {
      text += shared ? "" : "  distance_key = self.linear(c[0], $distance_key)\n";
      text += CONTENT_TO_POSITION;
    }
    if (positionToContent) {
      text += shared ? "" : "  distance_query = self.linear(c[0], $distance_query)\n";
      text += POSITION_TO_CONTENT;
    }
    return text + END;
  }
}
