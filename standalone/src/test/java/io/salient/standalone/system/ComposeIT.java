package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docker-compose.yml as a person uses it, on images that it builds; judged from outside, on the
 * topics. F1, F3.
 *
 * <pre>
 * build, up ---- extract ---- fit --X kill -9     results = those of one process
 *                                   again ------- down: each ends by SIGTERM
 *                                                 up:   the page has the run
 * </pre>
 */
class ComposeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final List<String> SERVICES = List.of("extractor", "probe", "ranking");

  /** 128 + SIGTERM: it was asked to end, and did; 137 would be killed. */
  private static final String ENDED_BY_TERM = "143";

  @TempDir Path folder;

  @Test
  void shouldEndInTheResultsOfOneProcessWhenTheProbeIsKilledAndGoOnAfterDown()
      throws IOException, InterruptedException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0, 20);
    // Containers run as a user of their own, who has to be let in.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment =
        Map.of(
            "RUNS",
            folder.toString(),
            "RUN",
            run.folder().getFileName().toString(),
            "CORPUS",
            run.corpus().toString(),
            "CORPUS_NAME",
            run.corpus().getFileName().toString(),
            "CONCEPTS",
            IsolatedSalient.CONCEPTS);
    try (ComposeProject compose = ComposeProject.of(folder, environment, shortFits())) {
      compose.compose("build", "--quiet");
      compose.up();
      for (String service : SERVICES) {
        assertThat(compose.compose("exec", service, "find", "/tmp", "-name", "*.so*"))
            .as("native libraries that the %s unpacked at its start", service)
            .isEmpty();
      }

      // when
      awaitFitting(compose);
      compose.killHard("probe");
      Map<String, String> ofOneProcess = ofOneProcess(compose, run);
      awaitKeys(compose, ofOneProcess.keySet());

      // then
      String topic = new Topics("salient").results();
      assertThat(FinalResults.read(compose.bootstrapServers(), topic)).isEqualTo(ofOneProcess);
      assertThat(compose.inspect("probe", "{{.RestartCount}}")).isEqualTo("1");
      try (TopicJudge judge =
          new TopicJudge(compose.bootstrapServers(), new Topics("salient").deadLetters())) {
        assertThat(judge.all()).isEmpty();
      }

      compose.compose("stop");
      for (String service : SERVICES) {
        assertThat(compose.inspect(service, "{{.State.ExitCode}}"))
            .as("how the %s ended", service)
            .isEqualTo(ENDED_BY_TERM);
      }
      compose.compose("down");
      compose.up();
      assertThat(page(compose, "/api/overview")).contains("small-run");
    }
  }

  /** The settings of the one process, as environment of the probe service. */
  private static String shortFits() {
    return IsolatedSalient.SHORT_FITS.entrySet().stream()
        .map(
            one ->
                "      %s: %s%n"
                    .formatted(
                        one.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                        one.getValue()))
        .collect(Collectors.joining("", "services:\n  probe:\n    environment:\n", ""));
  }

  private static void awaitFitting(ComposeProject compose) {
    try (TopicJudge judge =
        new TopicJudge(compose.bootstrapServers(), new Topics("salient").probes())) {
      judge.await(
          TopicSerdes.probes(),
          RunStatus.class,
          status -> status.getStage() == Stage.FITTING,
          PATIENCE);
    }
  }

  /** On the same broker, by other topics. */
  private Map<String, String> ofOneProcess(ComposeProject compose, SmallRun run) {
    IsolatedSalient one = new IsolatedSalient(folder, compose.bootstrapServers(), "compose");
    try (SalientProcess process = one.once(run)) {
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isZero();
    }
    return one.results();
  }

  /** Evaluations come last, so all is there when every key is. */
  private static void awaitKeys(ComposeProject compose, Set<String> keys) {
    Set<String> missing = new HashSet<>(keys);
    try (TopicJudge judge =
        new TopicJudge(compose.bootstrapServers(), new Topics("salient").results())) {
      judge.await(
          record -> {
            missing.remove(new String(record.key(), StandardCharsets.UTF_8));
            return missing.isEmpty();
          },
          PATIENCE);
    }
  }

  private static String page(ComposeProject compose, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(compose.page() + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
