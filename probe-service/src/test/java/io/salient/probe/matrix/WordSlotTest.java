package io.salient.probe.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordSlotTest {
  /** I13. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "naïve", "中文", "\ud83d\ude00", "a\u0000b", "e\u0301"})
  void shouldGiveBackWords(String word) {
    assertThat(read(word)).isEqualTo(word);
  }

  @Test
  void shouldKeepSixtyThreeBytes() {
    assertThat(read("x".repeat(63))).isEqualTo("x".repeat(63));
    assertThat(read("x".repeat(64))).matches("x{52}…[0-9a-f]{8}");
  }

  @Test
  void shouldKeepLongWordsApart() {
    String address = "https://example.org/" + "x".repeat(10_000);

    assertThat(read(address + 1)).isNotEqualTo(read(address + 2));
    assertThat(read(address + 1)).startsWith("https://example.org/x").isEqualTo(read(address + 1));
  }

  @Test
  void shouldNotCutACharacterInTwo() {
    for (int lead = 0; lead < 4; lead++) {
      String word = "x".repeat(lead) + "\ud83d\ude00".repeat(30);
      assertThat(read(word)).startsWith("x".repeat(lead)).doesNotContain("\ufffd");
    }
  }

  /** A surrogate on its own is no character: UTF-8 has a question mark for it. */
  @Test
  void shouldBearHalfACharacter() {
    assertThat(read("a\ud83d")).isEqualTo("a?");
  }

  private static String read(String word) {
    return WordSlot.read(MemorySegment.ofArray(WordSlot.of(word)));
  }
}
