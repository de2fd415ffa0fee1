package io.salient.benchmarks;

import io.salient.lca.probe.Probe;
import io.salient.lca.ranking.LabelRanking;
import io.salient.lca.ranking.LcaRanker;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The first neurons of probes, compared. */
final class FirstNeurons {
  private FirstNeurons() {}

  /** Size of the common part of the first k neurons of both over that of their union. */
  static double jaccard(Probe one, Probe other, int k) {
    Set<Integer> a = of(one, k);
    Set<Integer> b = of(other, k);
    long common = a.stream().filter(b::contains).count();
    return (double) common / (a.size() + b.size() - common);
  }

  private static Set<Integer> of(Probe probe, int k) {
    LcaRanker ranker = new LcaRanker(probe.width());
    Arrays.stream(probe.weights())
        .filter(row -> row != null)
        .forEach(row -> ranker.add(LabelRanking.of(row)));
    return Arrays.stream(ranker.ranking().orElseThrow().top(k)).boxed().collect(Collectors.toSet());
  }
}
