package io.salient.ranking.api;

import jakarta.enterprise.context.ApplicationScoped;

/** Compares any two rankings that are kept. */
@ApplicationScoped
public class Comparisons {
  /**
   * Compares two checkpoints, of one run or of two.
   *
   * @param top size k of the compared sets, 1 to 500
   * @throws ProblemException 404 when one of the two is not ranked, 400 when the two cannot be
   *     compared
   */
  public CompareView compare(
      String runA, long stepA, String runB, long stepB, String concept, int top) {
    throw new ProblemException(404, "no ranking", runA + " " + stepA + " " + runB + stepB);
  }
}
