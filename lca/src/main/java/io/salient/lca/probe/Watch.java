package io.salient.lca.probe;

/** Passes progress on and turns a refusal to go on into an exception. */
record Watch(FitProgress progress) {
  void report(FitProgress.Phase phase, double fraction) {
    if (!progress.report(phase, Math.min(1, fraction))) {
      throw new FitCancelledException();
    }
  }
}
