package io.salient.extractor.model;

import io.salient.torch.TorchProgram;

/**
 * BERT (Devlin et al., NAACL 2019), post-norm, as TorchScript text. Weights come in the order of
 * {@link BertWeights}.
 *
 * <pre>
 * states(ids B x S, mask B x 1 x 1 x S or None, w, heads, blocks, eps) -> blocks + 1 times B x S x H
 * pick(... , rows W)                   -> W x (layers x H): the vector at flat position b S + s of each word
 * mean(... , rows K, words K, inverse W x 1) -> W x (layers x H): the mean over each word's K_w positions
 * finite(x)                            -> whether all values are
 * </pre>
 *
 * The mask is 0 at subwords and minus infinity at padding, so padding takes exactly no part.
 */
final class BertProgram {
  private static final String TEXT =
      """
      def gelu_new(self, x: Tensor) -> Tensor:
        inner = torch.mul(torch.add(x, torch.mul(torch.pow(x, 3), 0.044714999999999998)), 0.79788456080286541)
        return torch.mul(torch.mul(x, 0.5), torch.add(torch.tanh(inner), 1))
      def act(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return $ACTIVATION
      def embed(self, ids: Tensor, w: List[Tensor], eps: float) -> Tensor:
        s = torch.size(ids, 1)
        d = torch.size(w[0], 1)
        fixed = torch.add(torch.slice(w[1], 0, 0, s), torch.select(w[2], 0, 0))
        e = torch.add(torch.embedding(w[0], ids), fixed)
        return torch.layer_norm(e, [d], w[3], w[4], eps)
      def block(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor], o: int, heads: int, eps: float) -> Tensor:
        b = torch.size(x, 0)
        s = torch.size(x, 1)
        d = torch.size(x, 2)
        qkv = torch.view((self).linear(x, w[o], w[torch.add(o, 1)]), [b, s, 3, heads, torch.floordiv(d, heads)])
        q = torch.transpose(torch.select(qkv, 2, 0), 1, 2)
        k = torch.transpose(torch.select(qkv, 2, 1), 1, 2)
        v = torch.transpose(torch.select(qkv, 2, 2), 1, 2)
        c = torch.scaled_dot_product_attention(q, k, v, mask, 0., False)
        c1 = torch.reshape(torch.transpose(c, 1, 2), [b, s, d])
        a = (self).linear(c1, w[torch.add(o, 2)], w[torch.add(o, 3)])
        x1 = torch.layer_norm(torch.add_(a, x), [d], w[torch.add(o, 4)], w[torch.add(o, 5)], eps)
        f = (self).act(x1, w[torch.add(o, 6)], w[torch.add(o, 7)])
        g = (self).linear(f, w[torch.add(o, 8)], w[torch.add(o, 9)])
        return torch.layer_norm(torch.add_(g, x1), [d], w[torch.add(o, 10)], w[torch.add(o, 11)], eps)
      def states(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor], heads: int, blocks: int, eps: float) -> List[Tensor]:
        x = (self).embed(ids, w, eps)
        out = annotate(List[Tensor], [x])
        for i in range(blocks):
          y = (self).block(x, mask, w, torch.add(5, torch.mul(i, 12)), heads, eps)
          _0 = torch.append(out, y)
          x = y
        return out
      def at(self, x: Tensor, rows: Tensor) -> Tensor:
        return torch.index_select(torch.reshape(x, [-1, torch.size(x, 2)]), 0, rows)
      def pick(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor], heads: int, blocks: int, eps: float, rows: Tensor) -> Tensor:
        x = (self).embed(ids, w, eps)
        out = annotate(List[Tensor], [(self).at(x, rows)])
        for i in range(blocks):
          y = (self).block(x, mask, w, torch.add(5, torch.mul(i, 12)), heads, eps)
          _0 = torch.append(out, (self).at(y, rows))
          x = y
        return torch.cat(out, 1)
      def mean(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor], heads: int, blocks: int, eps: float, rows: Tensor, words: Tensor, inverse: Tensor) -> Tensor:
        parts = (self).pick(ids, mask, w, heads, blocks, eps, rows)
        sums = torch.new_zeros(parts, [torch.size(inverse, 0), torch.size(parts, 1)])
        return torch.mul(torch.index_add(sums, 0, words, parts), inverse)
      def finite(self, x: Tensor) -> bool:
        if bool(torch.isfinite(torch.sum(x))):
          answer = True
        else:
          answer = bool(torch.all(torch.isfinite(x)))
        return answer
      """;

  private BertProgram() {}

  /** Compiles it for one of the activations of {@link BertConfig}. */
  static TorchProgram compile(String activation) {
    return TorchProgram.compile("BERT", TEXT.replace("$ACTIVATION", expression(activation)));
  }

  private static String expression(String activation) {
    return switch (activation) {
      case "gelu" -> "(self).linear_gelu(x, w, b)";
      case "gelu_new" -> "(self).gelu_new((self).linear(x, w, b))";
      case "relu" -> "torch.relu((self).linear(x, w, b))";
      case "silu" -> "torch.silu((self).linear(x, w, b))";
      default -> throw new IllegalArgumentException(activation);
    };
  }
}
