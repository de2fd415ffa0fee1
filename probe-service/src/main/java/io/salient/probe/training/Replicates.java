package io.salient.probe.training;

import io.salient.lca.drift.HalfRanking;
import io.salient.lca.drift.ReplicateSimilarity;
import java.util.List;

/**
 * What noise is measured by, of one concept at one checkpoint.
 *
 * @param k neurons that each ranking is cut to
 * @param halves rankings of the two halves of split 0; empty when there are none
 * @param nulls similarities of the halves of further splits, at a baseline only
 * @param problem why there are none; empty when there are
 */
public record Replicates(
    int k, List<HalfRanking> halves, List<ReplicateSimilarity> nulls, String problem) {
  /** Keeps copies of the lists. */
  public Replicates {
    halves = List.copyOf(halves);
    nulls = List.copyOf(nulls);
  }
}
