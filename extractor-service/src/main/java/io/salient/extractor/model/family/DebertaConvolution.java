package io.salient.extractor.model.family;

import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Tensors;

/** The convolution that some DeBERTa have beside the first block. */
final class DebertaConvolution {
  /** The first block and, over the embeddings, the convolution; padding counts as 0 in it. */
  static final String FIRST =
      """
      def first(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        x0 = x
        if mask is not None:
          x0 = x * (mask == 0).view([x.size(0), x.size(1), 1])
        near = torch.conv1d(x0.transpose(1, 2), $convolution, [1], [$reach], [1], $groups)
        y = self.first_block(x, mask, c, w, o) + self.convolution_act(near.transpose(1, 2))
        return self.norm(y, $convolution_norm, $eps)
      """;

  private DebertaConvolution() {}

  /** Adds its weights, numbers and activation. */
  static void add(Architecture.Builder builder, Tensors fixed, ModelConfig config, int hidden) {
    int kernel = config.size("conv_kernel_size", Sizes.MOST_HIDDEN);
    int groups = config.whole("conv_groups", 1, 1, Sizes.MOST_HIDDEN);
    if (kernel % 2 == 0) {
      throw config.refused("conv_kernel_size", "is " + kernel + "; only odd ones are supported");
    }
    Sizes.requireDivisible(config, "hidden_size", hidden, "conv_groups", groups);
    Shape weight = new Shape(hidden, hidden / groups, kernel);
    fixed
        .convolution("convolution", weight, "encoder.conv.conv")
        .norm("convolution_norm", hidden, "encoder.conv.LayerNorm");
    builder
        .number("reach", kernel / 2)
        .number("groups", groups)
        .text(Activations.method("convolution_act", config, "conv_act", "tanh"));
  }
}
