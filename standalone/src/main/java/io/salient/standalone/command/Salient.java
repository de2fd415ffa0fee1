package io.salient.standalone.command;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.salient.standalone.Failures;
import io.salient.standalone.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line: exit code 0 done, 1 failed (one line on standard error says what and where), 2
 * wrong usage.
 */
@QuarkusMain
@Command(
    name = "salient",
    description =
        "Watches what a language model knows, neuron by neuron, while it is being fine-tuned.",
    subcommands = {
      DemoCommand.class,
      WatchCommand.class,
      ServicesCommand.class,
      RankCommand.class,
      CompareCommand.class,
      ExtractCommand.class,
      TuneCommand.class,
      ClustersCommand.class,
      ReportCommand.class
    },
    footer = {"", "  test     the whole test suite (./salient test)"},
    mixinStandardHelpOptions = true,
    version = "salient 0.1.0")
public final class Salient implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    StandardStreams output = StandardStreams.install();
    int code = commandLine().execute(arguments);
    System.exit(withOutput(code, output));
  }

  /** A result that did not arrive is a failure. */
  static int withOutput(int code, StandardStreams output) {
    if (output.lost().isEmpty()) {
      return code;
    }
    System.err.println("salient: standard output could not be written: " + output.lost().get());
    return Math.max(code, 1);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Salient())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              Failures.report(failure);
              return 1;
            });
  }

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Show no progress; results, warnings and errors are told all the same.")
  void quiet(boolean quiet) {
    if (quiet) {
      Progress.beQuiet();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: demo, watch, services, rank, compare, extract, tune, clusters, report or"
            + " test");
  }
}
