package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;

/**
 * Rotary positions (Su et al., 2021) as config.json describes them: the older fields {@code
 * rope_theta} and {@code rope_scaling}, or {@code rope_parameters} with both.
 */
final class Rope {
  private Rope() {}

  /**
   * Inverse frequencies, in the float32 arithmetic of Transformers.
   *
   * @param dimensions of a head that are rotated
   * @param otherwise the family's default base
   */
  static float[] frequencies(ModelConfig config, int dimensions, double otherwise) {
    ModelConfig parameters = config.nested("rope_parameters");
    double base =
        parameters.number("rope_theta", config.number("rope_theta", otherwise, 1, 1e12), 1, 1e12);
    requirePlain(parameters);
    requirePlain(config.nested("rope_scaling"));
    return frequencies(base, dimensions);
  }

  private static void requirePlain(ModelConfig parameters) {
    for (String field : new String[] {"rope_type", "type"}) {
      parameters.requireText(field, "default");
    }
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
}
