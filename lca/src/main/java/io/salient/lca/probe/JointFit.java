package io.salient.lca.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Moves all concepts to their optima, each by its own optimiser, with joint evaluations. */
final class JointFit {
  private final List<Head> heads;
  private final Watch watch;
  private final double[] firstSteps;

  JointFit(List<Head> heads, Watch watch) {
    this.heads = heads;
    this.watch = watch;
    this.firstSteps = new double[heads.size()];
  }

  void run(TrainWords words, int[] trainRows, long start) {
    int[] sizes = heads.stream().mapToInt(Head::classes).toArray();
    List<int[]> classes = heads.stream().map(head -> head.classesOf(trainRows)).toList();
    try (ElasticNet net = new ElasticNet(words, new ProbeHeads(sizes, classes))) {
      List<SampledCurvature> curvatures = curvatures(words, net, classes);
      double done = 0;
      for (int[] active = active(); active.length > 0; active = active()) {
        step(net, active, curvatures, start);
        done = Math.max(done, done());
        watch.report(FitProgress.Phase.FIT, done);
      }
    }
  }

  private List<SampledCurvature> curvatures(TrainWords words, ElasticNet net, List<int[]> classes) {
    return IntStream.range(0, heads.size())
        .mapToObj(k -> new SampledCurvature(words, net, k, classes.get(k)))
        .toList();
  }

  private void step(ElasticNet net, int[] active, List<SampledCurvature> curvatures, long start) {
    List<float[]> points = new ArrayList<>();
    for (int k : active) {
      points.add(heads.get(k).optimiser().point());
    }
    List<ElasticNet.Sums> sums = net.evaluate(active, points);
    for (int i = 0; i < active.length; i++) {
      heads.get(active[i]).observe(sums.get(i), curvatures.get(active[i])::blocks, start);
      if (firstSteps[active[i]] == 0) {
        firstSteps[active[i]] = heads.get(active[i]).optimiser().relativeStep();
      }
    }
  }

  private int[] active() {
    return IntStream.range(0, heads.size())
        .filter(k -> !heads.get(k).optimiser().finished())
        .toArray();
  }

  /** Mean over concepts; steps shrink about geometrically. */
  private double done() {
    double[] done = new double[heads.size()];
    Arrays.setAll(done, this::done);
    return Arrays.stream(done).average().orElse(1);
  }

  private double done(int k) {
    Optimiser optimiser = heads.get(k).optimiser();
    if (optimiser.finished()) {
      return 1;
    }
    double tolerance = heads.get(k).settings().tolerance();
    double whole = Math.log(firstSteps[k] / tolerance);
    double left = Math.log(optimiser.relativeStep() / tolerance);
    return whole > 0 ? Math.clamp(1 - left / whole, 0, 1) : 0;
  }
}
