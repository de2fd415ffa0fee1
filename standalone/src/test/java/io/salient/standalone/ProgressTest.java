package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void shouldPrintPlainLinesForEveryTenthWhereThereIsNoTerminal() {
    // given
    Progress progress = new Progress(out, false, () -> 80);

    // when
    for (int percent = 0; percent <= 100; percent++) {
      progress.show("step 20", percent / 100.0);
    }
    progress.close();

    // then
    assertThat(printed().lines()).hasSize(11).first().isEqualTo("step 20 0 %");
    assertThat(printed()).doesNotContain("\r");
  }

  @Test
  void shouldDrawOneBarOverItselfOnATerminal() {
    // given
    Progress progress = new Progress(out, true, () -> 80);

    // when
    progress.show("step 20 extracting", 0.5);
    progress.show("step 20", 1);

    // then
    assertThat(printed()).contains("\r[###############...............]  50 %  step 20 extracting");
    assertThat(printed()).contains("\r[##############################] 100 %  step 20 ");
    assertThat(printed()).doesNotContain("\n");
  }

  @Test
  void shouldSayALineThatStays() {
    // given
    Progress progress = new Progress(out, false, () -> 80);

    // when
    progress.say("step 0 is ranked");

    // then
    assertThat(printed()).isEqualTo("step 0 is ranked" + System.lineSeparator());
  }

  @Test
  void shouldNeverDrawBeyondTheLastColumn() {
    for (int columns : new int[] {20, 60, 80, 200}) {
      // given
      bytes.reset();
      Progress progress = new Progress(out, true, () -> columns);

      // when
      progress.show("checkpoint-with-a-very-long-name-of-a-run extracting", 0.4);
      progress.show("step 20 fitting", 0.7);

      // then
      assertThat(printed().split("\r", -1)).allMatch(line -> line.length() < columns);
    }
  }

  @Test
  void shouldShortenTheBarRatherThanTheLabel() {
    // given
    Progress progress = new Progress(out, true, () -> 60);

    // when
    progress.show("words through the model", 1);

    // then
    assertThat(printed()).hasSize(1 + 59).endsWith("100 %  words through the model");
  }

  @Test
  void shouldSayNothingIsDoneBeforeItIs() {
    // given
    Progress progress = new Progress(out, true, () -> 80);

    // when
    progress.show("step 20 fitting", 0.999);

    // then
    assertThat(printed()).contains(" 99 %").doesNotContain("100 %");
  }

  @Test
  void shouldTakeTheBarAwayForLinesThatOthersPrint() {
    // given
    Progress progress = new Progress(out, true, () -> 80);
    progress.show("step 20", 0.5);

    // when
    progress.aside(() -> out.print("a warning\n"));
    progress.close();

    // then: the line stands alone, and the bar is drawn again below it
    String[] lines = printed().split("\n", -1);
    assertThat(lines[0]).endsWith(" \ra warning");
    assertThat(lines[1]).startsWith("\r[").endsWith(" \r");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
