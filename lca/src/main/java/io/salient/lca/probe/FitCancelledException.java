package io.salient.lca.probe;

/** A fit was ended by its {@link FitProgress}. */
public final class FitCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FitCancelledException() {
    super("the fit was cancelled");
  }
}
