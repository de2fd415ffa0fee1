package io.salient.extractor.model.architecture;

/**
 * TorchScript methods that families share. Linear layers are those of {@link
 * io.salient.torch.TorchProgram}; activations those of {@link Activations}.
 *
 * <pre>
 * norm(x, w, b, eps)        LayerNorm over the last dimension
 * rms_norm(x, w, eps)       root mean square norm (Zhang and Sennrich, NeurIPS 2019)
 * heads(x, n)               B x S x (n d) -> B x n x S x d
 * merged(x)                 B x n x S x d -> B x S x (n d)
 * attention(q, k, v, mask, scale)   softmax(q k' scale + mask) v, B x n x S x d each -> B x S x (n d)
 * causal_attention(q, k, v, scale)  the same, each subword looking at itself and those before
 * repeated(x, groups)       heads of key or value shared by a group of queries (Ainslie et al., 2023)
 * rotary(x, frequencies)    context for rotate: [cos, sin], S x d each; x B x S x ..., frequencies d / 2
 * rotate(x, cos, sin)       rotary positions (Su et al., 2021), the two halves of a head as pairs
 * row_scores(x, rows, b, n)  products of each subword with each row, head by head: B x S x (n d), R x
 *                           (n d) and n R or None -> B x S x n x R, contiguous. A convolution of width
 *                           1 in groups, the one product of this kind that LibTorch gives to oneDNN
 * ascending(y)              of these, for subwords i and j that with row j - i + R - S, B x n x S x S:
 *                           where they are, as a matrix whose rows overlap
 * window(x, mask, back, ahead)      B or 1 x 1 x S x S, 0 where a subword sees another (at most so
 *                           far behind and ahead, and no padding), the lowest float elsewhere
 * </pre>
 *
 * A scale of None is 1 / sqrt(d).
 */
final class Methods {
  static final String TEXT =
      """
      def norm(self, x: Tensor, w: Tensor, b: Optional[Tensor], eps: float) -> Tensor:
        return torch.layer_norm(x, [x.size(-1)], w, b, eps)
      def rms_norm(self, x: Tensor, w: Tensor, eps: float) -> Tensor:
        length = torch.linalg_vector_norm(x, 2, [-1], True)
        return (x * torch.rsqrt(length * length / x.size(-1) + eps)).mul_(w)
      def heads(self, x: Tensor, n: int) -> Tensor:
        return x.view([x.size(0), x.size(1), n, x.size(2) // n]).transpose(1, 2)
      def merged(self, x: Tensor) -> Tensor:
        return x.transpose(1, 2).reshape([x.size(0), x.size(2), x.size(1) * x.size(3)])
      def attention(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], scale: Optional[float]) -> Tensor:
        return self.merged(torch.scaled_dot_product_attention(q, k, v, mask, 0., False, scale=scale))
      def causal_attention(self, q: Tensor, k: Tensor, v: Tensor, scale: Optional[float]) -> Tensor:
        return self.merged(torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=scale))
      def repeated(self, x: Tensor, groups: int) -> Tensor:
        if groups == 1:
          return x
        b, n, s, d, = x.size()
        return x[:, :, None].expand([b, n, groups, s, d]).reshape([b, n * groups, s, d])
      def rotary(self, x: Tensor, frequencies: Tensor) -> List[Tensor]:
        positions = torch.arange(x.size(1), dtype=6, device=x.device)
        half = torch.outer(positions, frequencies)
        angles = torch.cat([half, half], -1)
        return [angles.cos(), angles.sin()]
      def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        half = x.size(-1) // 2
        y = x * cos
        left = y[..., :half].addcmul_(x[..., half:], sin[..., :half], value=-1)
        right = y[..., half:].addcmul_(x[..., :half], sin[..., half:])
        return y
      def row_scores(self, x: Tensor, rows: Tensor, b: Optional[Tensor], n: int) -> Tensor:
        r = rows.reshape([rows.size(0), n, -1]).transpose(0, 1).reshape([n * rows.size(0), -1, 1, 1])
        y = torch.conv2d(x.transpose(1, 2)[:, :, None], r, b, [1, 1], [0, 0], [1, 1], n)
        return y.permute([0, 2, 3, 1]).contiguous().view([x.size(0), x.size(1), n, rows.size(0)])
      def ascending(self, y: Tensor) -> Tensor:
        b, s, n, r, = y.size()
        return torch.as_strided(y, [b, n, s, s], [s * n * r, r, n * r - 1, 1], r - s)
      def window(self, x: Tensor, mask: Optional[Tensor], back: int, ahead: int) -> Tensor:
        at = torch.arange(x.size(1), device=x.device)
        ahead_of = at[None, :] - at[:, None]
        hidden = ((ahead_of > ahead) | (ahead_of < -back))[None, None]
        if mask is not None:
          hidden = hidden | (mask < 0)
        return torch.zeros(hidden.size(), dtype=x.dtype, device=x.device).masked_fill(hidden, -3.4028234663852886e+38)
      """;

  private Methods() {}
}
