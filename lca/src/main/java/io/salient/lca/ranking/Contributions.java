package io.salient.lca.ranking;

import java.util.stream.IntStream;

/**
 * What the neurons of a probe contribute to its answers:
 *
 * <p>q_d = sum over labels c of sqrt(pi_c) max(0, W_cd (mu_cd - mu_rest,d)),
 *
 * <p>with pi_c the share of label c among the train words, mu_cd the mean activation of neuron d on
 * the words of c and mu_rest,d that on all others, in the units the probe was fitted in. W_cd
 * (mu_cd - mu_rest,d) is what the neuron adds, on average, to the logit of c on its own words above
 * what it adds elsewhere. Higher is more salient; a neuron with q = 0 helps no label.
 *
 * <p>The LCA ranking goes by how large weights are, and gives a label of thirty words as many first
 * places as one of three thousand. Two halves of a corpus agree far less on that than on q.
 */
public final class Contributions {
  private Contributions() {}

  /**
   * Measures.
   *
   * @param weights C x D, by class
   * @param means of the words that the probe was fitted on, by class
   * @param counted whether a class has words enough for a part
   * @return q, one value of at least 0 per neuron
   */
  public static float[] of(float[][] weights, ClassMeans means, boolean[] counted) {
    double[] factors = new double[weights.length];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = counted[c] && means.isApart(c) ? Math.sqrt(means.share(c)) : 0;
    }
    float[] contributions = new float[means.width()];
    IntStream.range(0, contributions.length)
        .parallel()
        .forEach(d -> contributions[d] = (float) of(weights, means, factors, d));
    return contributions;
  }

  private static double of(float[][] weights, ClassMeans means, double[] factors, int neuron) {
    double sum = 0;
    for (int c = 0; c < factors.length; c++) {
      if (factors[c] > 0 && weights[c][neuron] != 0) {
        double added = weights[c][neuron] * means.difference(c, neuron);
        sum += factors[c] * Math.max(0, added);
      }
    }
    return sum;
  }
}
