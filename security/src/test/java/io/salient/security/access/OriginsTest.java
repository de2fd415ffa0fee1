package io.salient.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @Test
  void shouldAllowThoseListedAsTheyAre() {
    Origins origins =
        Origins.of(
            List.of("https://a.example", "http://localhost:3000", "http://[::1]:8081"), true);

    assertThat(origins.allow("https://a.example")).isTrue();
    assertThat(origins.allow("http://localhost:3000")).isTrue();
    assertThat(origins.allow("http://localhost:3001")).isFalse();
    assertThat(origins.allow("http://a.example")).isFalse();
    assertThat(origins.allow("null")).isFalse();
    assertThat(Origins.of(List.of(), true).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "https://a.example/",
        "https://a.example/path",
        "https://A.example",
        "https://a.example:443",
        "http://a.example:80",
        "https://user@a.example",
        "https://*.a.example",
        "ftp://a.example",
        "null",
        "",
        "https://"
      })
  void shouldRefuseWhatNoBrowserSends(String origin) {
    assertThatThrownBy(() -> Origins.of(List.of("https://a.example", origin), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("salient.access.cors-origins names \"" + origin + "\"");
  }

  @Test
  void shouldLetEverySiteReadOnlyWhereEverybodyMay() {
    assertThat(Origins.of(List.of("*"), false).allow("https://any.example")).isTrue();
    assertThatThrownBy(() -> Origins.of(List.of("*"), true))
        .hasMessageContaining("only where no token is asked for");
    assertThatThrownBy(() -> Origins.of(List.of("*", "https://a.example"), false))
        .hasMessageContaining("goes alone");
  }
}
