package io.salient.extractor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.TestSettings;
import io.salient.extractor.announcement.CheckpointIntake;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.core.Response;
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
    assertRefused(400, request, detail);
  }

  private void assertRefused(int status, CheckpointRequest request, String detail) {
    Response response = resource.announce(request);
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getMediaType()).hasToString("application/problem+json");
    assertThat(response.getEntity().toString()).contains(detail);
  }

  @Test // I22, S5
  void shouldRefuseWrongAnnouncementsAsProblems() {
    String uri = root.toString();
    assertRefused(null, "run and uri are required");
    assertRefused(new CheckpointRequest("r", 1L, null, null, null), "run and uri are required");
    assertRefused(new CheckpointRequest("<script>", 1L, uri, null, null), "run must be");
    assertRefused(new CheckpointRequest("r", -1L, uri, null, null), "step must not be negative");
    assertRefused(new CheckpointRequest("r", null, uri, null, null), "step is required");
    assertRefused(new CheckpointRequest("r", 1L, "http://x/", null, null), "scheme http");
    assertRefused(new CheckpointRequest("r", 1L, "/etc", null, null), "salient.extractor.roots");
  }

  @Test // S9
  void shouldRefuseARunThatTheTokenMayNotAnnounce() {
    String uri = root.toString();
    assertRefused(403, new CheckpointRequest("secret", 1L, uri, null, null), "may not announce");
  }
}
