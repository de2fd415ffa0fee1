package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command ends, says why, and leaves nothing behind. */
class CommandEndsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Every word has the same label. */
  private static final String ONE_LABEL = "regex:any=.*";

  @TempDir Path folder;

  private SalientProcess rank(SmallRun run, String concepts) {
    return SalientProcess.start(
        folder,
        Map.of(),
        "rank",
        run.folder().resolve("checkpoint-500").toString(),
        "--corpus",
        run.corpus().toString(),
        "--evaluations",
        "counts",
        "--concepts",
        concepts);
  }

  @Test
  void shouldRankTheOthersWhereOneConceptCannotBeFitted() {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    try (SalientProcess rank = rank(run, "upos," + ONE_LABEL)) {
      // then
      assertThat(rank.exitCode(PATIENCE)).as(rank.errors()).isZero();
      assertThat(rank.output()).contains("any has only the label yes", "upos: accuracy");
    }
  }

  @Test
  void shouldFailWhereNothingAtAllIsRanked() {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    try (SalientProcess rank = rank(run, ONE_LABEL)) {
      // then
      assertThat(rank.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(rank.errors()).contains("step 500", "any has only the label yes");
    }
  }

  /** A checkpoint without weights has a step, a reason and an exit code; the others are ranked. */
  @Test
  void shouldNameTheStepThatIsNotRanked() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0, 500);
    Files.delete(run.folder().resolve("checkpoint-500/model.safetensors"));

    // when
    List<String> arguments =
        List.of(
            "watch",
            run.folder().toString(),
            "--corpus",
            run.corpus().toString(),
            "--once",
            "--port",
            "0",
            "--evaluations",
            "counts");
    try (SalientProcess watch =
        SalientProcess.start(folder, Map.of(), arguments.toArray(String[]::new))) {
      // then
      assertThat(watch.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(watch.errors()).containsOnlyOnce("salient: step 500: ").contains("--state-dir");
      assertThat(watch.output()).contains("first neurons", "baseline");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"salient-demo-", "broker", "ranking"})
  void shouldLeaveNothingBehindWheneverItIsStopped(String seen) throws Exception {
    // given
    Path temporary = Files.createDirectories(folder.resolve("temporary"));

    // when
    try (SalientProcess demo =
        SalientProcess.start(
            folder, Map.of("java.io.tmpdir", temporary.toString()), "demo", "--port", "0")) {
      demo.until(() -> contains(temporary, seen), PATIENCE);
      demo.terminate();

      // then
      assertThat(demo.exitCode(PATIENCE)).isEqualTo(143);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private static boolean contains(Path folder, String prefix) {
    try (Stream<Path> files = Files.find(folder, 2, (path, attributes) -> true)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
    } catch (UncheckedIOException | IOException e) {
      return false; // deleted meanwhile
    }
  }
}
