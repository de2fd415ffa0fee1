package io.salient.extractor.checkpoint;

/**
 * Independent standard normal numbers by index: number i depends on seed and i only, so that any
 * thread may draw any of them. SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) gives the bits, the
 * Box-Muller transform in {@link StrictMath} the numbers: the same on every machine.
 */
final class NormalDraws {
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
  private static final double ULP = 0x1p-53;

  /** Draws that one index may take before a number lies within the cut; far more than any does. */
  private static final int TRIES = 64;

  private final long seed;

  NormalDraws(long seed) {
    this.seed = seed;
  }

  /**
   * A number.
   *
   * @param cut numbers further from 0 are drawn again; infinite for none
   */
  double at(long index, double cut) {
    double z = 0;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      long counter = 2 * (index * TRIES + attempt);
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(counter)));
      z = radius * StrictMath.cos(2 * Math.PI * uniform(counter + 1));
      if (Math.abs(z) <= cut) {
        return z;
      }
    }
    return Math.clamp(z, -cut, cut);
  }

  /** From 0 to just below 1. */
  private double uniform(long counter) {
    long bits = seed + counter * GOLDEN;
    bits = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return ((bits ^ (bits >>> 31)) >>> 11) * ULP;
  }
}
