package io.salient.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTest {
  @TempDir Path folder;

  @Test
  void shouldStayTheSameWhileTheFolderLives() {
    String first = InstanceId.of(folder.resolve("state"), "app");

    assertThat(InstanceId.of(folder.resolve("state"), "app")).isEqualTo(first);
    assertThat(InstanceId.of(folder.resolve("state"), "app2")).isNotEqualTo(first);
    assertThat(InstanceId.of(folder.resolve("other"), "app")).isNotEqualTo(first);
  }

  @Test
  void shouldBeMadeAnewWhenTorn() throws IOException {
    Files.writeString(folder.resolve("app.instance-id"), "");

    assertThat(InstanceId.of(folder, "app")).isNotBlank();
  }

  @Test
  void shouldNameTheSettingWhenTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> InstanceId.of(file, "app"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("salient.probe.state-dir");
  }
}
