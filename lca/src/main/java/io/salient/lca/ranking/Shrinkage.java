package io.salient.lca.ranking;

/** How the Gaussian ranker makes covariances of classes with few words usable. */
public enum Shrinkage {
  /** By {@link LedoitWolf}. */
  LEDOIT_WOLF,

  /**
   * As NeuroX does: the mode of the posterior under Torroba Hennigen et al.'s inverse Wishart
   * prior, (diag(C) + n C) / (n + 2k + 4). With k = 100 neurons let in, a class of 20 words gets a
   * tenth of its variance, and so a density that is too high near its mean.
   */
  NEUROX
}
