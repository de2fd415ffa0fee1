package io.salient.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.schemas.SchemaVersions;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.RunStatus;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F25: state of a newer version is left alone, that of an older one is read. */
class StateFormatsTest {
  private final StateFormats formats =
      new StateFormats()
          .with("salient-progress", StateFormat.numbered("progress", 2))
          .with(
              "salient-runs",
              StateFormat.of(ExtractionStarted.class),
              StateFormat.of(RunStatus.class));

  private static String version(Schema schema) {
    return SchemaVersions.name(schema.getName(), SchemaNormalization.parsingFingerprint64(schema));
  }

  @Test
  void shouldNameWhatIsWritten() {
    assertThat(formats.written())
        .containsExactly(
            "salient-progress/progress.2",
            "salient-runs/" + version(ExtractionStarted.getClassSchema()),
            "salient-runs/" + version(RunStatus.getClassSchema()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "salient-progress/progress.1",
        "salient-progress/progress.2",
        "salient-runs/ExtractionStarted.8b98de461282d768",
        "salient-runs/ExtractionStarted.f0c2a0d118671554",
        "salient-of-a-newer-version/what.7"
      })
  void shouldReadWhatOlderVersionsWroteAndLeaveOtherStoresAlone(String key) {
    formats.check(key, "0.1.0");
    assertThat(formats.written()).doesNotContain("salient-progress/progress.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "salient-progress/progress.3",
        "salient-progress/progress.10",
        "salient-progress/other.1",
        "salient-runs/ExtractionStarted.0000000000000001",
        "salient-runs/RunStatus.8b98de461282d768",
        "salient-runs/ProbeReport.50707105d784bdd1"
      })
  void shouldRefuseWhatANewerVersionWrote(String key) {
    String[] parts = key.split("/", 2);
    assertThatThrownBy(() -> formats.check(key, "9.1.0"))
        .isInstanceOf(StateFormatException.class)
        .hasMessage(
            "state format %s of %s, needs version 9.1.0 or newer of Salient (this is %s); nothing"
                    .formatted(parts[1], parts[0], SalientVersion.text())
                + " was changed: start that version");
  }

  @Test
  void shouldNoteWhatItWritesOnce() {
    // given
    Map<String, String> kept = new HashMap<>();
    kept.put("salient-progress/progress.1", "0.0.9");

    // when
    formats.note(kept::putIfAbsent);
    kept.remove("salient-progress/progress.2");
    formats.note(kept::putIfAbsent);

    // then
    assertThat(kept)
        .hasSize(3)
        .containsEntry("salient-progress/progress.1", "0.0.9")
        .containsEntry(formats.written().getLast(), SalientVersion.text());
  }

  @Test
  void shouldKnowItsOwnVersion() {
    assertThat(SalientVersion.text()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
  }

  @Test
  void shouldAskForANewerVersionWhereTheWriterIsNotKnown() {
    assertThat(new StateFormatException("order.2", "salient-ranking-orders", ""))
        .hasMessageStartingWith(
            "state format order.2 of salient-ranking-orders, needs a newer version of Salient");
  }
}
