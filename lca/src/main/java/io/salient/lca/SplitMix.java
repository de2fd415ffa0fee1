package io.salient.lca;

/**
 * Numbers that look random and depend on their arguments alone, whatever was asked for before:
 * SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) as a hash.
 */
public final class SplitMix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SplitMix() {}

  /** 64 bits for a position of a sequence, from 0. */
  public static long at(long position) {
    return mix((position + 1) * GOLDEN);
  }

  /** 64 bits for a text under a seed. */
  public static long of(long seed, String text) {
    long hash = at(seed);
    for (int i = 0; i < text.length(); i++) {
      hash = mix((hash ^ text.charAt(i)) + GOLDEN);
    }
    return hash;
  }

  /** A number from 0 up to but not including 1, made of the upper 53 bits. */
  public static double uniform(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** Output function of SplitMix64. */
  private static long mix(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
