package io.salient.lca.evaluation;

import io.salient.lca.probe.FitCancelledException;
import io.salient.lca.probe.FitProgress;

/** Progress of evaluations that are done one after the other, some by fits of their own. */
final class Steps implements FitProgress {
  private final FitProgress outer;
  private final int total;
  private int done;

  Steps(FitProgress outer, int total) {
    this.outer = outer;
    this.total = Math.max(1, total);
  }

  /** One evaluation has ended. */
  void next() {
    done++;
    goOn();
  }

  /**
   * Called where an evaluation takes long.
   *
   * @throws FitCancelledException when nobody waits any more
   */
  void goOn() {
    if (!report(Phase.ANALYSE, 0)) {
      throw new FitCancelledException();
    }
  }

  /** Progress of a fit that is an evaluation by itself: its share counts. */
  FitProgress ofFit() {
    return (phase, fraction) -> {
      double share =
          switch (phase) {
            case GATHER -> 0;
            case FIT -> fraction;
            case EVALUATE, ANALYSE -> 1;
          };
      return outer.report(Phase.ANALYSE, Math.min(1, (done + share) / total));
    };
  }

  /** What a fit within an evaluation reports. */
  @Override
  public boolean report(Phase phase, double fraction) {
    return outer.report(Phase.ANALYSE, Math.min(1, (double) done / total));
  }
}
