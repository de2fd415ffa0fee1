package io.salient.extractor.checkpoint;

import ai.djl.ndarray.types.Shape;

/**
 * How a family draws its weights before the first step, as Transformers 5.24 does it: matrices and
 * embeddings from a normal distribution with deviation {@code initializer_range}, scales of norms
 * 1, biases 0; and what differs:
 *
 * <pre>
 * gpt2        c_proj, the ends of the residual branches: deviation / sqrt(2 n_layer)
 * modernbert  the same for Wo, and all cut at initializer_cutoff_factor deviations
 * t5          by the width of each layer: d_model^-0.5 and so on, times initializer_factor
 * gemma       scales of norms 0, as the model adds 1
 * flaubert    embeddings with embed_init_std, the rest with init_std; opt with init_std
 * </pre>
 *
 * The row of the padding subword, which Transformers sets to 0 in some families, is drawn like the
 * others: padding takes no part in any result.
 */
final class InitialValues {
  /** Of nearly every family, where config.json does not say. */
  private static final double DEVIATION = 0.02;

  private final ModelConfig config;
  private final String family;

  /**
   * A distribution.
   *
   * @param mean its centre
   * @param deviation standard deviation, 0 for a constant
   * @param cut deviations beyond which numbers are drawn again
   */
  record Values(double mean, double deviation, double cut) {
    static Values constant(double value) {
      return new Values(value, 0, Double.POSITIVE_INFINITY);
    }

    static Values normal(double deviation) {
      return new Values(0, deviation, Double.POSITIVE_INFINITY);
    }
  }

  /** Reads what the configuration says of it. */
  InitialValues(ModelConfig config) {
    this.config = config;
    this.family = config.modelType();
    for (String field : new String[] {"sinusoidal_pos_embds", "sinusoidal_embeddings"}) {
      if (config.flag(field, false)) {
        throw config.refused(
            field, "is true: position embeddings that are no weights are not drawn");
      }
    }
  }

  /** The distribution of a tensor. */
  Values of(String name, Shape shape) {
    if (shape.dimension() < 2) {
      return isScale(name) ? Values.constant(scale()) : Values.constant(0);
    }
    return switch (family) {
      case "gpt2" -> Values.normal(name.endsWith("c_proj.weight") ? residual("n_layer") : range());
      case "modernbert" -> modernBert(name);
      case "t5" -> Values.normal(number("initializer_factor", 1) * t5(name));
      case "flaubert", "xlm" ->
          Values.normal(
              name.contains("embeddings.")
                  ? number("embed_init_std", Math.pow(2048, -0.5))
                  : range());
      default -> Values.normal(range());
    };
  }

  private static boolean isScale(String name) {
    return name.endsWith("weight") || name.endsWith("gamma");
  }

  private double scale() {
    return family.startsWith("gemma")
        ? 0
        : family.equals("t5") ? number("initializer_factor", 1) : 1;
  }

  private double range() {
    return number("initializer_range", number("init_std", DEVIATION));
  }

  private double residual(String layers) {
    return range() / Math.sqrt(2 * number(layers, 12));
  }

  private Values modernBert(String name) {
    double deviation =
        name.endsWith(".Wo.weight") || name.startsWith("head.") || name.startsWith("decoder.")
            ? residual("num_hidden_layers")
            : name.startsWith("classifier.") ? Math.pow(number("hidden_size", 768), -0.5) : range();
    return new Values(0, deviation, number("initializer_cutoff_factor", 2));
  }

  private double t5(String name) {
    double model = number("d_model", 512);
    double head = number("d_kv", 64);
    String layer = name.replaceFirst("\\.weight$", "").replaceFirst(".*\\.", "");
    return switch (layer) {
      case "shared", "embed_tokens", "lm_head" -> 1;
      case "q" -> Math.pow(model * head, -0.5);
      case "o" -> Math.pow(number("num_heads", 8) * head, -0.5);
      case "wo" -> Math.pow(number("d_ff", 2048), -0.5);
      default -> Math.pow(model, -0.5);
    };
  }

  private double number(String field, double otherwise) {
    return config.number(field, otherwise, 0, 1e9);
  }
}
