package io.salient.streams.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S2, S4: what Kafka's clients are given. */
class ClientPropertiesTest {
  private static final String JAAS = "sasl.jaas.config";

  @TempDir Path folder;

  private record Settings(Map<String, String> properties, Map<String, String> propertyFiles)
      implements KafkaSettings {
    @Override
    public String bootstrapServers() {
      return "broker:9093";
    }
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("secret"), content);
  }

  @Test
  void shouldTakeSecretsFromFilesAsTheyAreNow() throws IOException {
    // given
    String file = file("old\n").toString();
    KafkaSettings settings =
        new Settings(Map.of("security.protocol", "SASL_SSL"), Map.of(JAAS, file));
    assertThat(settings.clientProperties()).containsEntry(JAAS, "old");

    // when rotated
    file("new");

    // then
    assertThat(settings.clientProperties())
        .containsEntry(JAAS, "new")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("bootstrap.servers", "broker:9093");
  }

  @Test
  void shouldNameTheSettingWhoseFileCannotBeRead() {
    Settings settings = new Settings(Map.of(), Map.of(JAAS, folder.resolve("none").toString()));

    assertThatThrownBy(settings::clientProperties)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("salient.kafka.property-files.\"sasl.jaas.config\"")
        .hasMessageContaining("none cannot be read (NoSuchFileException)");
  }

  @Test
  void shouldRefuseTwoValuesWithoutTellingThem() throws IOException {
    Settings settings =
        new Settings(Map.of(JAAS, "hidden-1"), Map.of(JAAS, file("hidden-2").toString()));

    assertThatThrownBy(settings::clientProperties)
        .hasMessageContaining("both set")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void shouldNotLetTheCheckOfTheBrokersNameBeSwitchedOff() throws IOException {
    String check = "ssl.endpoint.identification.algorithm";
    Settings off = new Settings(Map.of(check, " "), Map.of());
    Settings ofOneClient = new Settings(Map.of("consumer." + check, ""), Map.of());
    Settings byFile = new Settings(Map.of(), Map.of(check, file("\n").toString()));

    assertThatThrownBy(off::clientProperties).hasMessageContaining(check);
    assertThatThrownBy(ofOneClient::clientProperties).hasMessageContaining("consumer." + check);
    assertThatThrownBy(byFile::clientProperties).hasMessageContaining(check);
  }
}
