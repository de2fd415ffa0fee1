package io.salient.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTest {
  private static final String KEY = "salient.probe.state-dir";

  @TempDir Path folder;

  @Test
  void shouldStayTheSameWhileTheFolderLives() {
    String first = InstanceId.of(folder.resolve("state"), "app", KEY);

    assertThat(InstanceId.of(folder.resolve("state"), "app", KEY)).isEqualTo(first);
    assertThat(InstanceId.of(folder.resolve("state"), "app2", KEY)).isNotEqualTo(first);
    assertThat(InstanceId.of(folder.resolve("other"), "app", KEY)).isNotEqualTo(first);
  }

  @Test
  void shouldBeMadeAnewWhenTorn() throws IOException {
    Files.writeString(folder.resolve("app.instance-id"), "");

    assertThat(InstanceId.of(folder, "app", KEY)).isNotBlank();
  }

  @Test
  void shouldNameTheSettingWhenTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> InstanceId.of(file, "app", KEY))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(KEY);
  }
}
