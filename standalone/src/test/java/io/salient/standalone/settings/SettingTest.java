package io.salient.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingTest {
  /** The table is complete by a test of its own: a key that is not in it would change nothing. */
  @Test
  void shouldNameKeysThatThereAre() throws IOException {
    String table = Files.readString(Path.of("../docs/configuration.md"));

    assertThat(Setting.values())
        .filteredOn(setting -> setting.key().startsWith("salient."))
        .allSatisfy(setting -> assertThat(table).contains("| `" + setting.key() + "` |"));
  }
}
