package io.salient.lca.probe;

import io.salient.lca.ScratchSpace;
import io.salient.lca.probe.optimiser.ElasticNetFit;
import io.salient.lca.probe.optimiser.Goal;
import io.salient.lca.probe.optimiser.Objective;
import java.util.List;

/** Moves all heads of a fit to their optima in joint passes over the same words. */
final class JointFit {
  private JointFit() {}

  /**
   * Fits.
   *
   * @param heads set out; each gets its solution
   */
  static void run(TrainWords words, List<Head> heads, ScratchSpace scratch, Watch watch) {
    long start = System.nanoTime();
    List<ElasticNetFit.Solution> solutions =
        ElasticNetFit.of(
            words.rows(),
            heads.stream().map(head -> head(head, words.words())).toList(),
            words.bound(),
            scratch,
            done -> watch.report(FitProgress.Phase.FIT, done));
    double seconds = (System.nanoTime() - start) / 1e9;
    for (int k = 0; k < heads.size(); k++) {
      heads.get(k).end(solutions.get(k), seconds);
    }
  }

  /** Bytes of scratch space that a fit of some heads takes, in one piece. */
  static long scratchBytes(List<Head> heads, int words) {
    return ElasticNetFit.scratchBytes(heads.stream().mapToInt(Head::classes).sum(), words);
  }

  private static ElasticNetFit.Head head(Head head, int[] words) {
    FitSettings settings = head.settings();
    return new ElasticNetFit.Head(
        head.classesOf(words),
        head.startWeights(),
        head.startBias(),
        head.warm(),
        new Objective(settings.l1(), settings.l2(), settings.penalty()),
        new Goal(settings.tolerance(), settings.maxEvaluations()));
  }
}
