package io.salient.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.settings.ExtractorSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final Settings settings = new Settings();

  @AfterEach
  void useNone() {
    new Settings().use();
  }

  @Test
  void shouldTakeWhatTheServicesTake() {
    settings.put(Setting.L1, 0);

    assertThatCode(settings::require).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAValueOutOfRange() {
    settings.put(Setting.L1, -1);

    assertThatThrownBy(settings::require)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("salient.probe.l1 must be greater than or equal to 0");
  }

  @Test
  void shouldRefuseWhatIsNoValueOfItsKind() {
    settings.put(Setting.MIN_LABEL_COUNT, "x");

    assertThatThrownBy(settings::require)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("salient.probe.min-label-count = \"x\": Expected an integer value, got \"x\"");
  }

  @Test
  void shouldBePartOfTheConfigurationOfTheProcessOnceUsed() {
    // given
    Config config = new SmallRyeConfigBuilder().addDiscoveredSources().build();
    settings.put(Setting.RUN, "mine");

    // when
    settings.use();

    // then
    assertThat(config.getValue("salient.extractor.run", String.class)).isEqualTo("mine");
    assertThat(config.getConfigValue("salient.extractor.run").getSourceName())
        .isEqualTo("command line");
  }

  @Test
  void shouldLeaveADefaultWhereNothingIsGiven() {
    settings.putIfGiven(Setting.L1, null);

    assertThat(settings.literal()).isEmpty();
  }

  @Test
  void shouldNameTheKeyOfAMap() {
    settings.put(Setting.LABELS, "pos", "/data/pos.txt");

    assertThat(settings.read(ExtractorSettings.class).corpus().labels())
        .containsEntry("pos", "/data/pos.txt");
  }

  /** What people type arrives as they typed it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a${b}c", "a$b", "a$$b", "$", "a\\$b", "a\\\\$b", "a\\b", "a,b", "${HOME}", "a:b"})
  void shouldKeepDollarsBackslashesAndCommas(String text) {
    // given
    settings.put(Setting.CORPUS, "/data/" + text);
    settings.put(Setting.ROOTS, List.of("/runs/" + text));
    settings.add(Setting.ROOTS, List.of("/base"));
    settings.put(Setting.CONCEPTS, List.of("regex:money=" + text));

    // when
    ExtractorSettings read = settings.read(ExtractorSettings.class);

    // then
    assertThat(read.corpus().path()).hasValue("/data/" + text);
    assertThat(read.roots()).hasValue(List.of("/runs/" + text, "/base"));
    assertThat(read.concepts()).hasValue(List.of("regex:money=" + text));
  }
}
