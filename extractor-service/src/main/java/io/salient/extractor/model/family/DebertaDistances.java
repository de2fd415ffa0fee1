package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Template;
import io.salient.extractor.model.architecture.Tensors;
import java.util.List;
import java.util.Locale;

/**
 * The relative positions of DeBERTa: which row of the table of distances a pair of subwords has.
 *
 * @param span distances that have a row of their own or a bucket, to each side
 * @param buckets whether far distances share rows
 * @param most distance of the last bucket
 */
record DebertaDistances(int span, boolean buckets, int most) {
  private static final String PLAIN =
      """
      def bucket(self, distance: Tensor) -> Tensor:
        return distance
      """;

  /** Distances below half of the buckets as they are, above on a logarithmic scale. */
  private static final String BUCKETS =
      """
      def bucket(self, distance: Tensor) -> Tensor:
        near = (distance < {{middle}}) & (distance > -{{middle}})
        far = torch.where(near, torch.full_like(distance, {{middle}} - 1), distance.abs())
        steps = torch.log(far / {{middle}}) / {{logarithm}} * ({{middle}} - 1)
        row = (torch.ceil(steps) + {{middle}}) * torch.sign(distance)
        return torch.where(far <= {{middle}}, distance.to(row.dtype), row).to(4)
      """;

  /**
   * The rows between the farthest pair's only: 127 of 512 for sentences of 64 subwords. Row i - j +
   * S - 1 is that of subwords i and j as long as no rows are shared, and then no list of rows is
   * needed to find it.
   */
  private static final String CONTEXT =
      """
      def context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        at = torch.arange(x.size(1), device=x.device)
        between = at[:, None] - at[None, :]
        distance = self.bucket(between)
        farthest = int(distance.max())
        begin = max(0, {{span}} - farthest)
        end = min(2 * {{span}}, {{span}} + farthest + 1)
        table = {{table}}
        row = torch.clamp(distance + {{span}}, begin, end - 1) - begin
        if torch.equal(row, between + x.size(1) - 1):
          return [table]
        return [table, end - begin - 1 - row, torch.clamp(-distance + {{span}}, begin, end - 1) - begin]
      """;

  static DebertaDistances of(ModelConfig config, int positions) {
    int most = whole(config, "max_relative_positions");
    int given = whole(config, "position_buckets");
    int reached = most < 1 ? positions : most;
    if (given > 0 && (given < 4 || reached - 1 <= given / 2)) {
      throw config.refused(
          "position_buckets", "is " + given + ", which does not suit distances up to " + reached);
    }
    return new DebertaDistances(given > 0 ? given : reached, given > 0, reached);
  }

  private static int whole(ModelConfig config, String field) {
    return config.whole(field, -1, -Sizes.MOST, Sizes.MOST);
  }

  /** Adds the LayerNorm of the table if it has one. */
  boolean addNorm(Tensors fixed, ModelConfig config, int hidden) {
    List<String> norms = config.texts("norm_rel_ebd");
    for (String norm : norms) {
      if (!List.of("layer_norm", "none").contains(norm.toLowerCase(Locale.ROOT))) {
        throw config.refused("norm_rel_ebd", "is " + norm + "; supported are layer_norm and none");
      }
    }
    boolean normed = norms.stream().anyMatch("layer_norm"::equalsIgnoreCase);
    if (normed) {
      fixed.norm("distances_norm", hidden, "encoder.LayerNorm");
    }
    return normed;
  }

  /**
   * The methods that give all blocks the rows of the table that a sentence of S has, at most 2 span
   * x H; and, where two distances share a row, each pair's row among them, S x S: query by key,
   * counted from the last row, and key by query.
   */
  String context(boolean normed) {
    int middle = span / 2;
    float logarithm = (float) Math.log((float) ((most - 1) / (double) middle));
    String bucket =
        buckets
            ? Template.of(BUCKETS)
                .fill("middle", middle)
                .fill("logarithm", Float.toString(logarithm))
                .filled()
            : PLAIN;
    return bucket
        + Template.of(CONTEXT)
            .fill("span", span)
            .fill(
                "table",
                normed
                    ? "self.norm($distances[begin:end], $distances_norm, $eps)"
                    : "$distances[begin:end]")
            .filled();
  }
}
