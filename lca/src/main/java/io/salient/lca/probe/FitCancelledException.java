package io.salient.lca.probe;

import java.util.concurrent.CancellationException;

/** A fit was ended by its {@link FitProgress}; there is no result. */
public final class FitCancelledException extends CancellationException {
  private static final long serialVersionUID = 1L;

  /** Without a cause: somebody wanted it so. */
  public FitCancelledException() {
    super("the fit was cancelled");
  }
}
