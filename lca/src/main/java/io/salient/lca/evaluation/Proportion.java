package io.salient.lca.evaluation;

/**
 * A share of n words, with its uncertainty by Wilson's score interval (JASA 22, 1927) of 95 %.
 *
 * @param part words that are right
 * @param whole n
 */
public record Proportion(int part, int whole) {
  private static final double Z = 1.959964;

  /** Checks that the part is one of the whole. */
  public Proportion {
    if (part < 0 || part > whole) {
      throw new IllegalArgumentException(part + " of " + whole);
    }
  }

  /** The share, 0 to 1; NaN of no words. */
  public double value() {
    return (double) part / whole;
  }

  /** Lower end of the interval; 0 of no words. */
  public double low() {
    return whole == 0 ? 0 : Math.max(0, centre() - halfWidth());
  }

  /** Upper end of the interval; 1 of no words. */
  public double high() {
    return whole == 0 ? 1 : Math.min(1, centre() + halfWidth());
  }

  private double centre() {
    return (part + Z * Z / 2) / (whole + Z * Z);
  }

  private double halfWidth() {
    double n = whole;
    double p = value();
    return Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
  }

  /**
   * The least drop from this share to another that the words allow: lower end of the interval of
   * the difference (Newcombe, Statistics in Medicine 17, 1998, method 10). It takes the two samples
   * as independent, which is cautious for two probes that are measured on the same words. Negative
   * when a rise is as possible; minus 1 when one of the two is of no words.
   */
  public double leastDropTo(Proportion later) {
    if (whole == 0 || later.whole == 0) {
      return -1;
    }
    double down = value() - low();
    double up = later.high() - later.value();
    return value() - later.value() - Math.sqrt(down * down + up * up);
  }
}
