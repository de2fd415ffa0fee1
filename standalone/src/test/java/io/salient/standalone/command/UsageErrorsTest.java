package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.salient.streams.failure.TellingCause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What each command takes, and what it says where that is wrong; no service starts. */
class UsageErrorsTest {
  private static final List<String> MODEL = List.of("--base-model", "--dtype");
  private static final List<String> UNTRAINED = List.of("--random-seed", "--random-weights");
  private static final List<String> CORPUS =
      List.of(
          "--aggregation",
          "--allow-cut",
          "--concepts",
          "--corpus",
          "--dev",
          "--encoding",
          "--labels",
          "--layers",
          "--long-sentences",
          "--max-bytes",
          "--test");
  private static final List<String> PROBE =
      List.of(
          "--evaluations",
          "--l1",
          "--l2",
          "--method",
          "--min-label-count",
          "--penalty",
          "--standardize");
  private static final List<String> QUESTION =
      options(CORPUS, MODEL, UNTRAINED, List.of("--format"));
  private static final List<String> EXPORT = List.of("--mlflow", "--tensorboard");
  private static final List<String> BROKER = List.of("--bootstrap-servers", "--state-dir");

  @TempDir Path folder;

  /** What a command ended with. */
  private record End(int code, String errors) {}

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(
        folder.resolve("words.conllu"),
        "1\tCats\tcat\tNOUN\t_\t_\t0\troot\t_\t_\n2\tmeow\tmeow\tVERB\t_\t_\t1\tacl\t_\t_\n\n");
    Files.writeString(folder.resolve("notes.txt"), "no activations");
    Files.createDirectories(folder.resolve("run/checkpoint-10"));
    Files.createDirectories(folder.resolve("empty"));
  }

  static Stream<Arguments> wrongUsage() {
    return Stream.of(
        arguments("", "say what to do: demo, watch, services, rank"),
        arguments("rank run", "Missing required option: '--corpus=FILE'"),
        arguments("rank --corpus words.conllu", "Missing required parameter: 'CHECKPOINT'"),
        arguments("rank run --corpus words.conllu --top 0", "--top is 1 to 500, not 0"),
        arguments("rank run --corpus words.conllu --top 501", "--top is 1 to 500, not 501"),
        arguments("rank run --corpus words.conllu --format xml", "'--format'"),
        arguments("rank run --corpus words.conllu --method magic", "magic"),
        arguments("rank run --corpus words.conllu --penalty lasso", "lasso"),
        arguments("rank run --corpus words.conllu --evaluations guess", "--evaluations: "),
        arguments("rank run --corpus words.conllu --l1 much", "'--l1'"),
        arguments("rank run --corpus words.conllu --layers a,b", "'--layers'"),
        arguments(
            "rank run --corpus words.conllu --max-bytes 0",
            "0 is not a number of bytes, 1 or more"),
        arguments(
            "rank run --corpus words.conllu --max-bytes all",
            "all is not a number of bytes, 1 or more"),
        arguments("rank run --corpus words.conllu --port 1", "Unknown option"),
        arguments(
            "compare run --corpus words.conllu",
            "Give CHECKPOINT_A and CHECKPOINT_B, or --runs with folders"),
        arguments(
            "compare run run --corpus words.conllu --runs run,run",
            "Give either two checkpoints or --runs, not both"),
        arguments("compare run run --corpus words.conllu --step 3", "--step needs --runs"),
        arguments("compare --corpus words.conllu --runs run", "--runs needs two folders or more"),
        arguments(
            "compare run run --corpus words.conllu --method lca,probeless",
            "--method: one method here, several with rank and watch"),
        arguments(
            "tune run --corpus words.conllu --method probeless",
            "--method: lca or contribution here"),
        arguments(
            "tune run --corpus words.conllu --method lca,contribution",
            "--method: lca or contribution here"),
        arguments(
            "tune run --corpus words.conllu --evaluations full",
            "--evaluations: none here, they are for rank, compare and watch"),
        arguments(
            "clusters run --corpus words.conllu --threshold 1.5",
            "--threshold is a distance from 0 to 1, not 1.5"),
        arguments(
            "clusters run --corpus words.conllu --threshold NaN",
            "--threshold is a distance from 0 to 1, not NaN"),
        arguments("watch run --corpus words.conllu --mlflow 127.0.0.1:5000", "http://HOST:PORT"),
        arguments("watch run --corpus words.conllu --port -1", "--port is 0 to 65535, not -1"),
        arguments("demo --port 70000", "--port is 0 to 65535, not 70000"),
        arguments("extract run --corpus words.conllu --output run.txt", "--output "),
        arguments("extract run --corpus words.conllu", "Missing required option: '--output="),
        arguments(
            "report run --corpus words.conllu --bootstrap-servers localhost",
            "--bootstrap-servers: "),
        arguments(
            "report run --corpus words.conllu --lca-run other",
            "--lca-run: with --state-dir or --bootstrap-servers"));
  }

  @ParameterizedTest
  @MethodSource("wrongUsage")
  void shouldSayWhatIsWrongWithTheUsage(String line, String message) {
    End end = run(line);

    assertThat(end.errors()).contains(message);
    assertThat(end.code()).isEqualTo(2);
  }

  static Stream<Arguments> wrongInput() {
    return Stream.of(
        arguments("rank nowhere --corpus words.conllu", "nowhere is not there"),
        arguments(
            "rank notes.txt --corpus words.conllu",
            "notes.txt is neither a folder nor a file of activations (.hdf5, .json)"),
        arguments("rank run --corpus words.conllu --base-model nowhere", "nowhere is not a folder"),
        arguments("compare run nowhere --corpus words.conllu", "nowhere is not there"),
        arguments(
            "extract run --corpus words.conllu --output nowhere/a.json", "nowhere is not there"),
        arguments("watch notes.txt --corpus words.conllu", "notes.txt is not a folder"),
        arguments("services notes.txt --corpus words.conllu", "notes.txt is not a folder"),
        arguments(
            "services run --corpus words.conllu --port 0",
            "salient.home is not set: start by ./salient services"),
        arguments("watch run --corpus words.conllu --run a/b --port 0", "--run"),
        arguments("report empty --corpus words.conllu", "empty has no checkpoint-<step> folder"));
  }

  @ParameterizedTest
  @MethodSource("wrongInput")
  void shouldSayWhatIsWrongWithTheInput(String line, String message) {
    End end = run(line);

    assertThat(end.errors()).contains(message);
    assertThat(end.code()).isEqualTo(1);
  }

  @Test
  void shouldTakeTheseOptionsAndDescribeEach() {
    // given
    Map<String, List<String>> promised =
        Map.of(
            "demo", options(BROKER, List.of("--port")),
            "watch",
                options(CORPUS, MODEL, PROBE, BROKER, EXPORT, List.of("--once", "--port", "--run")),
            "services", options(CORPUS, MODEL, PROBE, BROKER, EXPORT, List.of("--port", "--run")),
            "report",
                options(CORPUS, MODEL, PROBE, BROKER, List.of("--lca-run", "--output", "--run")),
            "rank", options(QUESTION, PROBE, List.of("--select", "--splits", "--top")),
            "compare", options(QUESTION, PROBE, List.of("--runs", "--step", "--top")),
            "tune", options(QUESTION, PROBE),
            "clusters", options(QUESTION, List.of("--threshold")),
            "extract",
                options(
                    MODEL,
                    UNTRAINED,
                    List.of("--aggregation", "--corpus", "--layers", "--max-bytes", "--output")));

    // when
    Map<String, List<String>> taken = new TreeMap<>();
    for (Map.Entry<String, CommandLine> command :
        Salient.commandLine().getSubcommands().entrySet()) {
      List<OptionSpec> options =
          command.getValue().getCommandSpec().options().stream()
              .filter(option -> !option.usageHelp() && !option.versionHelp())
              .filter(option -> !option.longestName().equals("--quiet")) // every command has it
              .toList();
      taken.put(command.getKey(), options.stream().map(OptionSpec::longestName).sorted().toList());
      assertThat(options).allSatisfy(one -> assertThat(one.description()).isNotEmpty());
    }

    // then
    assertThat(taken).isEqualTo(new TreeMap<>(promised));
  }

  @SafeVarargs
  private static List<String> options(List<String>... groups) {
    List<String> all = new ArrayList<>();
    for (List<String> group : groups) {
      all.addAll(group);
    }
    return all.stream().sorted().toList();
  }

  /** Names of files are those of the folder. */
  private End run(String line) {
    StringWriter errors = new StringWriter();
    String[] arguments =
        line.isEmpty()
            ? new String[0]
            : Arrays.stream(line.split(" ", -1))
                .map(word -> isFile(word) ? folder.resolve(word).toString() : word)
                .toArray(String[]::new);
    CommandLine salient =
        Salient.commandLine()
            .setErr(new PrintWriter(errors, true))
            .setExecutionExceptionHandler(
                (failure, of, parsed) -> {
                  of.getErr().println(TellingCause.of(failure));
                  return 1;
                });
    return new End(salient.execute(arguments), errors.toString());
  }

  private boolean isFile(String word) {
    return word.startsWith("nowhere") || Files.exists(folder.resolve(word));
  }
}
