package io.salient.lca.probe;

/**
 * Passes progress on and turns a refusal to go on into an exception.
 *
 * @param from share of a phase that is done before what this watches
 * @param share of the phase that it is
 */
record Watch(FitProgress progress, double from, double share) {
  Watch(FitProgress progress) {
    this(progress, 0, 1);
  }

  /** Watches one of several fits of a phase. */
  Watch part(double before, double part) {
    return new Watch(progress, before, part);
  }

  void report(FitProgress.Phase phase, double fraction) {
    if (!progress.report(phase, from + share * Math.min(1, fraction))) {
      throw new FitCancelledException();
    }
  }
}
