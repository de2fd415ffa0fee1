package io.salient.extractor.model.family;

import io.salient.extractor.model.architecture.Architecture;

/**
 * A learned bias of attention for the distance of two subwords, by head, as T5 has it (Raffel et
 * al., JMLR 2020): one table for all blocks, half of its rows for what lies ahead. Short distances
 * have a row each, longer ones share rows of a logarithmic scale.
 */
final class DistanceBuckets {
  /** The context is the bias with the mask added to it, B or 1 x heads x S x S. */
  private static final String TEXT =
      """
      def buckets(self, x: Tensor) -> Tensor:
        at = torch.arange(x.size(1), device=x.device)
        ahead = at[None, :] - at[:, None]
        distance = torch.abs(ahead)
        steps = torch.log(torch.to(distance, 6) / $exact) / $log_reach * $room
        far = torch.clamp(torch.to(steps, 4) + $exact, None, $half - 1)
        return torch.to(ahead > 0, 4) * $half + torch.where(distance < $exact, distance, far)
      def context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        bias = torch.embedding($distances, self.buckets(x)).permute([2, 0, 1])[None].contiguous()
        if mask is not None:
          bias = bias + mask
        return [bias]
      """;

  private DistanceBuckets() {}

  /**
   * Puts the bias into an architecture, whose weight {@code distances}, buckets x heads, is the
   * table; its blocks take it as {@code c[0]} in place of the mask.
   *
   * @param buckets rows that are used, at least 4
   * @param reach the distance from which on all share the last row, more than a quarter of them
   */
  static Architecture.Builder in(Architecture.Builder builder, int buckets, int reach) {
    int half = buckets / 2;
    int exact = half / 2;
    return builder
        .number("exact", exact)
        .number("half", half)
        .number("room", half - exact)
        .number("log_reach", Math.log((double) reach / exact))
        .text(TEXT);
  }
}
