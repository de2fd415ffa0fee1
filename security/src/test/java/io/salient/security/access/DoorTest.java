package io.salient.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S9: who is asked for what. */
class DoorTest {
  @ParameterizedTest
  @ValueSource(strings = {"/q/health", "/q/health/ready", "/login", "/login.css", "/q/metrics"})
  void shouldAskNobodyForHealthMetricsAndLogin(String path) {
    assertThat(Door.role(HttpMethod.GET, path, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/page/app.js", "/api/runs", "/api/stream", "/q/openapi", "/q/healthy", "/x"})
  void shouldAskForARoleToReadAnythingElse(String path) {
    assertThat(Door.role(HttpMethod.GET, path, true)).contains(Role.VIEW);
    assertThat(Door.role(HttpMethod.HEAD, path, true)).contains(Role.VIEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/checkpoints", "/checkpoints;a=b", "/api/runs"})
  void shouldAskForTheOtherRoleToChangeAnything(String path) {
    assertThat(Door.role(HttpMethod.POST, path, true)).contains(Role.ANNOUNCE);
    assertThat(Door.role(HttpMethod.DELETE, path, true)).contains(Role.ANNOUNCE);
  }

  @Test
  void shouldCloseMetricsWhenToldTo() {
    assertThat(Door.role(HttpMethod.GET, "/q/metrics", false)).contains(Role.VIEW);
    assertThat(Door.role(HttpMethod.GET, "/q/health/live", false)).isEmpty();
  }
}
