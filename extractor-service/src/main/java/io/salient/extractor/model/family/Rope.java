package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;

/**
 * Rotary positions (Su et al., 2021) as config.json describes them: {@code rope_parameters}, or the
 * older fields {@code rope_theta} and {@code rope_scaling}. In the float32 arithmetic of
 * Transformers.
 *
 * <pre>
 * default   base ^ (-2 i / dimensions)
 * dynamic   the same: it differs beyond max_position_embeddings only, which no sentence is
 * linear    all frequencies divided by the factor
 * llama3    the low ones divided by it, with a smooth passage (Llama 3.1)
 * yarn      a ramp from divided to undivided, and cosine and sine scaled (Peng et al., ICLR 2024)
 * </pre>
 *
 * @param frequencies angle per position, of each pair of units of a head
 * @param scale of cosine and sine
 */
record Rope(float[] frequencies, double scale) {
  private static final double MOST = 1e12;

  /** The tables that all blocks rotate by; takes {@code $frequencies} and {@code $rotary_scale}. */
  static final String CONTEXT =
      """
      def context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        tables = self.rotary(x, $frequencies)
        return [tables[0] * $rotary_scale, tables[1] * $rotary_scale]
      """;

  /**
   * Takes them from config.json.
   *
   * @param dimensions of a head that are rotated
   * @param otherwise the family's default base
   * @throws io.salient.extractor.checkpoint.CheckpointException naming the field that is wrong, or
   *     a type that is not supported
   */
  static Rope of(ModelConfig config, int dimensions, double otherwise) {
    ModelConfig parameters = parameters(config);
    for (String byLayer : new String[] {"full_attention", "sliding_attention"}) {
      if (parameters.has(byLayer)) {
        throw parameters.refused(byLayer, "is there: positions that differ by layer are unknown");
      }
    }
    double base =
        parameters.number("rope_theta", config.number("rope_theta", otherwise, 1, MOST), 1, MOST);
    float[] plain = frequencies(base, dimensions);
    String field = parameters.has("rope_type") ? "rope_type" : "type";
    String type = parameters.text(field, "default");
    return switch (type) {
      case "default", "dynamic" -> new Rope(plain, 1);
      case "linear" -> new Rope(divided(plain, factor(parameters)), 1);
      case "llama3" -> new Rope(llama3(plain, parameters, original(config, parameters)), 1);
      case "yarn" -> yarn(plain, base, parameters, original(config, parameters));
      default ->
          throw parameters.refused(
              field, "is " + type + "; supported are default, dynamic, linear, llama3 and yarn");
    };
  }

  /** Where the fields are: the older object, unless it is empty, or the newer one. */
  static ModelConfig parameters(ModelConfig config) {
    return config.nested(config.isEmpty("rope_scaling") ? "rope_parameters" : "rope_scaling");
  }

  /** base ^ (-2 i / dimensions) for each pair i. */
  static float[] frequencies(double base, int dimensions) {
    float[] frequencies = new float[dimensions / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = 2f * i / dimensions;
      frequencies[i] = 1f / (float) Math.pow((float) base, exponent);
    }
    return frequencies;
  }

  private static double factor(ModelConfig parameters) {
    return required(parameters, "factor", 1);
  }

  private static double required(ModelConfig parameters, String field, double least) {
    if (!parameters.has(field)) {
      throw parameters.refused(field, "is missing");
    }
    return parameters.number(field, least, least, MOST);
  }

  /** Positions that the model was first trained with. */
  private static double original(ModelConfig config, ModelConfig parameters) {
    String field = "original_max_position_embeddings";
    double inside =
        parameters.number(field, config.number("max_position_embeddings", 2048, 1, MOST), 1, MOST);
    return config.number(field, inside, 1, MOST);
  }

  private static float[] divided(float[] frequencies, double factor) {
    float[] divided = new float[frequencies.length];
    for (int i = 0; i < divided.length; i++) {
      divided[i] = frequencies[i] / (float) factor;
    }
    return divided;
  }

  private static float[] llama3(float[] plain, ModelConfig parameters, double original) {
    double factor = factor(parameters);
    double low = required(parameters, "low_freq_factor", 1e-3);
    double high = required(parameters, "high_freq_factor", 1e-3);
    float[] frequencies = divided(plain, factor);
    for (int i = 0; i < plain.length; i++) {
      float wavelength = (float) (2 * Math.PI) / plain[i];
      if (wavelength < original / high) {
        frequencies[i] = plain[i];
      } else if (wavelength <= original / low) {
        float smooth = ((float) (original / wavelength) - (float) low) / (float) (high - low);
        frequencies[i] = (1 - smooth) * plain[i] / (float) factor + smooth * plain[i];
      }
    }
    return frequencies;
  }

  private static Rope yarn(float[] plain, double base, ModelConfig parameters, double original) {
    double factor = factor(parameters);
    double low = rotations(parameters.number("beta_fast", 32, 1e-3, MOST), plain, base, original);
    double high = rotations(parameters.number("beta_slow", 1, 1e-3, MOST), plain, base, original);
    if (parameters.flag("truncate", true)) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, 2 * plain.length - 1);
    float[] frequencies = divided(plain, factor);
    for (int i = 0; i < plain.length; i++) {
      double width = low == high ? 0.001 : high - low;
      float interpolated = (float) Math.clamp((i - low) / width, 0, 1);
      frequencies[i] = frequencies[i] * interpolated + plain[i] * (1 - interpolated);
    }
    return new Rope(frequencies, yarnScale(parameters, factor));
  }

  /** The pair of units that turns so many times within the original length. */
  private static double rotations(double turns, float[] plain, double base, double original) {
    return 2.0 * plain.length * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(base));
  }

  private static double yarnScale(ModelConfig parameters, double factor) {
    if (parameters.has("attention_factor")) {
      return parameters.number("attention_factor", 1, 0, MOST);
    }
    double mscale = parameters.number("mscale", 0, 0, MOST);
    double all = parameters.number("mscale_all_dim", 0, 0, MOST);
    return mscale > 0 && all > 0
        ? logarithmic(factor, mscale) / logarithmic(factor, all)
        : logarithmic(factor, 1);
  }

  private static double logarithmic(double factor, double mscale) {
    return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
  }
}
