package io.salient.lca.probe;

import java.util.List;

/**
 * The classifier of one concept: label c of a word with activations x scores W_c z + b_c, where z
 * is x standardised by its own checkpoint's train words.
 *
 * @param concept name of the concept
 * @param labels its labels, sorted by name
 * @param weights W: one row of D weights per label, null for a label without train words; many
 *     weights are exactly 0
 * @param bias b: one value per label, 0 where the row is null
 */
public record Probe(String concept, List<String> labels, float[][] weights, float[] bias) {
  /** Checks that there is one row and one bias per label and that all rows are equally wide. */
  public Probe {
    labels = List.copyOf(labels);
    if (weights.length != labels.size() || bias.length != labels.size()) {
      throw new IllegalArgumentException(
          "probe of %s: %d labels, %d rows, %d biases"
              .formatted(concept, labels.size(), weights.length, bias.length));
    }
    int width = widthOf(weights);
    for (float[] row : weights) {
      if (row != null && row.length != width) {
        throw new IllegalArgumentException("probe of " + concept + " has rows of unequal width");
      }
    }
  }

  /** Neurons D; 0 when no label has a row. */
  public int width() {
    return widthOf(weights);
  }

  private static int widthOf(float[][] weights) {
    for (float[] row : weights) {
      if (row != null) {
        return row.length;
      }
    }
    return 0;
  }
}
