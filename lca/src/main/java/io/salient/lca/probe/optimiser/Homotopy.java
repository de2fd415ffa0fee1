package io.salient.lca.probe.optimiser;

import io.salient.lca.ScratchSpace;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way from nothing to where a fit over all words sets out: a few iterations on a few words with
 * a large l1, then on more words with a smaller one. The noise of a gradient over n words falls
 * with the root of n, and so does the l1 that keeps it out. The rows are in random order, so the
 * first of them are a fair sample.
 */
final class Homotopy {
  private static final int FEWEST_ROWS = 1_024;

  /**
   * A stage.
   *
   * @param part of the words: one in so many
   * @param l1Factor what l1 is multiplied by
   */
  private record Stage(int part, double l1Factor, int iterations) {}

  private static final List<Stage> STAGES =
      List.of(new Stage(16, 24, 2), new Stage(8, 6, 3), new Stage(4, 2, 4));

  private final SoftmaxLoss loss;
  private final Supplier<ScratchSpace> scratch;
  private final Runnable tick;

  Homotopy(SoftmaxLoss loss, Supplier<ScratchSpace> scratch, Runnable tick) {
    this.loss = loss;
    this.scratch = scratch;
    this.tick = tick;
  }

  /** Leaves the heads where the last stage ends. */
  void run(SoftmaxHeads heads, List<HeadFit> fits) {
    int all = loss.rows().rows();
    for (Stage stage : STAGES) {
      int count = Math.min(all, Math.max(FEWEST_ROWS, all / stage.part));
      try (SoftmaxLoss some = loss.first(count);
          BlockProximalNewton solver =
              new BlockProximalNewton(
                  some,
                  heads,
                  fits,
                  (double) count / all,
                  stage.l1Factor,
                  true,
                  scratch.get(),
                  tick)) {
        solver.iterate(stage.iterations);
      }
    }
  }
}
