package io.salient.lca.probe;

/** Second derivatives of one concept's mean cross-entropy. */
@FunctionalInterface
interface Curvature {
  /**
   * Measures each class by itself.
   *
   * @param point C x D weights, row-major, then C biases
   * @param neurons for each class, of which neurons, ascending
   * @return one block per class
   */
  CurvatureBlock[] blocks(float[] point, int[][] neurons);
}
