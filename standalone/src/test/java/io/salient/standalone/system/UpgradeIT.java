package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.SalientNeurons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F24, F25 with real programs: the version before the last change of a record, built from git's
 * history, and the one of today take turns on one broker and one state folder. It builds a whole
 * version, so it takes minutes: {@code ./salient test -Pupgrade}.
 *
 * <pre>
 * version    before          today             before           today
 * steps      0               0, 20             0, 20            0, 20
 * ends       0               0                 1, refuses       0
 * results    R0              R0 and R20        unchanged        unchanged
 * </pre>
 */
@Tag("upgrade")
class UpgradeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final String RECORDS = "schemas/src/main/avro/salient.avdl";
  private static final Path PROJECT = SharedInput.projectRoot();

  @TempDir Path folder;
  private Path before;

  @AfterEach
  void removeVersionBefore() {
    if (before != null) {
      run(PROJECT, "git", "worktree", "remove", "--force", before.toString());
    }
  }

  @Test
  void shouldGoOnWithWhatTheVersionBeforeLeftAndRefuseTheOtherWayRound() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0, 20);
    Path later = run.folder().resolve("checkpoint-20");
    Path aside = Files.move(later, folder.resolve("checkpoint-20"));
    before = buildVersionBefore();
    try (TestBroker broker = TestBroker.start()) {
      IsolatedSalient salient = new IsolatedSalient(folder, broker.bootstrapServers(), "upgrade");
      try (SalientProcess old = salient.onceBy(before, run)) {
        assertThat(old.exitCode(PATIENCE)).as(old::errors).isZero();
      }
      List<String> ofStepZero = rankings(salient);
      assertThat(ofStepZero).isNotEmpty();

      // when
      Files.move(aside, later);
      try (SalientProcess today = salient.once(run)) {
        assertThat(today.exitCode(PATIENCE)).as(today::errors).isZero();
      }

      // then
      List<String> ofBoth = rankings(salient);
      assertThat(ofBoth).hasSize(2 * ofStepZero.size()).containsAll(ofStepZero);
      Map<String, String> results = salient.results();

      // when
      try (SalientProcess old = salient.onceBy(before, run)) {
        // then
        assertThat(old.exitCode(PATIENCE)).isEqualTo(1);
        assertThat(old.errors()).contains("state format", "nothing was changed");
      }
      assertThat(salient.results()).isEqualTo(results);

      // when
      try (SalientProcess today = salient.once(run)) {
        // then
        assertThat(today.exitCode(PATIENCE)).as(today::errors).isZero();
      }
      assertThat(salient.results()).isEqualTo(results);
    }
  }

  /** Concept, step and first neurons of each ranking. */
  private static List<String> rankings(IsolatedSalient salient) {
    try (TopicJudge judge = salient.judge(salient.topics().results())) {
      return judge.latest(TopicSerdes.results()).values().stream()
          .filter(SalientNeurons.class::isInstance)
          .map(SalientNeurons.class::cast)
          .map(one -> one.getConcept() + " " + one.getStep() + " " + one.getRanking())
          .sorted()
          .toList();
    }
  }

  private Path buildVersionBefore() {
    String changed = run(PROJECT, "git", "log", "-1", "--format=%H", "--", RECORDS).strip();
    assumeThat(changed).as("git's history").matches("[0-9a-f]{40}");
    Path project = folder.resolve("before");
    run(PROJECT, "git", "worktree", "add", "--detach", project.toString(), changed + "^");
    before = project;
    run(
        project,
        "./mvnw",
        "-B",
        "-ntp",
        "-q",
        "-DskipTests",
        "-pl",
        "standalone",
        "-am",
        "package");
    return project;
  }

  /** What a command printed; empty when it failed for want of a history. */
  private static String run(Path where, String... command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      assertThat(code).as("%s: %s", Arrays.toString(command), printed).isZero();
      return printed;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
