package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.settings.ExtractorSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type arrives as they typed it. */
class ExtractorInputTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a${b}c", "a$b", "a$$b", "$", "a\\$b", "a\\\\$b", "a\\b", "a,b", "${HOME}", "a:b"})
  void shouldKeepDollarsBackslashesAndCommas(String text) {
    // when
    ExtractorSettings settings =
        ExtractorInput.settings(
            Map.of(
                "salient.extractor.corpus.path",
                "/data/" + text,
                "salient.extractor.roots",
                ListSetting.of(List.of("/runs/" + text, "/base")),
                "salient.extractor.concepts",
                ListSetting.of(List.of("regex:money=" + text))));

    // then
    assertThat(settings.corpus().path()).hasValue("/data/" + text);
    assertThat(settings.roots()).hasValue(List.of("/runs/" + text, "/base"));
    assertThat(settings.concepts()).hasValue(List.of("regex:money=" + text));
  }
}
