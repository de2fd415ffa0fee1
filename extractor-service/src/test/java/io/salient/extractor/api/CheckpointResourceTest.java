package io.salient.extractor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.salient.extractor.TestSettings;
import io.salient.extractor.announcement.CheckpointIntake;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.security.http.ProblemException;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements that are refused before Kafka is asked. */
class CheckpointResourceTest {
  @TempDir Path root;
  private CheckpointResource resource;

  @BeforeEach
  void start() {
    SmallRyeConfig config = TestSettings.of(Map.of("salient.extractor.roots", root.toString()));
    resource =
        new CheckpointResource(
            new CheckpointIntake(
                config.getConfigMapping(KafkaSettings.class),
                config.getConfigMapping(TopicSettings.class),
                config.getConfigMapping(ExtractorSettings.class)),
            () -> run -> !run.startsWith("secret"));
  }

  private void assertRefused(CheckpointRequest request, String detail) {
    assertRefused("checkpoint-refused", request, detail);
  }

  private void assertRefused(String code, CheckpointRequest request, String detail) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> resource.announce(request))
        .extracting(ProblemException::problem)
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.detail()).contains(detail);
            });
  }

  @Test // I22, S5
  void shouldRefuseWrongAnnouncementsAsProblems() {
    String uri = root.toString();
    assertRefused("incomplete-announcement", null, "run and uri are required");
    assertRefused(
        "incomplete-announcement",
        new CheckpointRequest("r", 1L, null, null, null),
        "run and uri are required");
    assertRefused(new CheckpointRequest("<script>", 1L, uri, null, null), "run must be");
    assertRefused(new CheckpointRequest("r", -1L, uri, null, null), "step must not be negative");
    assertRefused(new CheckpointRequest("r", null, uri, null, null), "step is required");
    assertRefused(new CheckpointRequest("r", 1L, "http://x/", null, null), "scheme http");
    assertRefused(new CheckpointRequest("r", 1L, "/etc", null, null), "salient.extractor.roots");
  }

  @Test // S9
  void shouldRefuseARunThatTheTokenMayNotAnnounce() {
    String uri = root.toString();
    assertRefused(
        "not-allowed", new CheckpointRequest("secret", 1L, uri, null, null), "may not announce");
  }
}
