package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I22: names become keys, paths and parts of a page. */
class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "upos",
        "bert-genre",
        "feats:Number=Sing",
        "run 7",
        "Z\u00fcrich",
        "\u4e2d\u6587",
        "0",
        "a@b_c.d+e"
      })
  void shouldAllowWhatPeopleCallThings(String name) {
    assertThat(Names.allowed(name)).isTrue();
    assertThat(Names.require("run", name)).isEqualTo(name);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "-x",
        "a\nb",
        "a\u0000",
        "<script>",
        "a\"b",
        "a'b",
        "a\u202eb",
        "a%2fb",
        "a?b",
        "a#b",
        "a&b"
      })
  void shouldRefuseWhatCouldLeaveAPathAKeyOrAPage_I22(String name) {
    assertThat(Names.allowed(name)).isFalse();
    assertThatThrownBy(() -> Names.require("concept", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("concept must be 1 to 200 letters");
  }

  @Test
  void shouldBoundTheLength() {
    assertThat(Names.allowed("x".repeat(200))).isTrue();
    assertThat(Names.allowed("x".repeat(201))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run-1|run-1",
        "my run (2)|my run _2_",
        ".hidden|hidden",
        "__out__|out__",
        "lr=2e-5,bs=16#3|lr=2e-5_bs=16_3",
        "Mode\u0300le|Mod\u00e8le", // as macOS writes it
        "\uD83D\uDE80 start|start",
        "((()))|run"
      })
  void shouldMakeANameOfAFolder(String folder, String name) {
    assertThat(Names.from(folder, "run")).isEqualTo(name);
    assertThat(Names.allowed(name)).isTrue();
  }

  @Test
  void shouldShortenANameOfAFolder() {
    String name = Names.from("\uD835\uDD38".repeat(255), "run");
    assertThat(Names.allowed(name)).isTrue();
    assertThat(name.codePointCount(0, name.length())).isEqualTo(200);
  }
}
