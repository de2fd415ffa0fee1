package io.salient.standalone.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many neurons are listed. */
final class TopOption {
  private static final int MOST = 500;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private int top;

  TopOption(int top) {
    this.top = top;
  }

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many neurons are listed, over all labels and per label; 1 to 500.")
  void top(int k) {
    if (k < 1 || k > MOST) {
      throw new ParameterException(spec.commandLine(), "--top is 1 to " + MOST + ", not " + k);
    }
    top = k;
  }

  int value() {
    return top;
  }
}
