package io.salient.lca.probe;

/**
 * Minimises the objective of one concept. It asks for evaluations instead of making them, so that
 * many concepts share one matrix product: evaluate at {@link #point}, {@link #observe}, until
 * {@link #finished}.
 *
 * <p>A point is one vector: C x D weights, row-major, then C biases, which no penalty touches.
 */
sealed interface Optimiser permits BlockNewton, OwlQn {
  /** Where loss and gradient are wanted next; after the end, the solution. */
  float[] point();

  /**
   * Takes loss and gradient at {@link #point}.
   *
   * @param words what to divide both by
   * @param curvature of the same words
   */
  void observe(ElasticNet.Sums sums, int words, Curvature curvature);

  boolean finished();

  /** False when even the starting point has no finite objective. */
  boolean finite();

  double relativeStep();

  Certificate certificate();
}
