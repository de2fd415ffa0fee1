package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String UP = "\u001b[A";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void shouldPrintPlainLinesForEveryTenthWhereThereIsNoTerminal() {
    // given
    Progress progress = lines();

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
    Progress progress = terminal(80);

    // when
    progress.show("step 20 extracting", 0.5);
    progress.show("step 20", 1);

    // then
    assertThat(shown()).startsWith("[###############...............]  50 %  step 20 extracting\r");
    assertThat(shown()).endsWith("\r[##############################] 100 %  step 20");
    assertThat(printed()).doesNotContain("\n");
  }

  @Test
  void shouldSayALineThatStays() {
    // given
    Progress progress = lines();

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
      Progress progress = terminal(columns);

      // when
      progress.show("checkpoint-with-a-very-long-name-of-a-run extracting", 0.4);
      progress.show("step 20 fitting", 0.7);

      // then
      assertThat(shown().split("\r", -1)).allMatch(line -> line.length() < columns);
    }
  }

  @Test
  void shouldShortenTheBarRatherThanTheLabel() {
    // given
    Progress progress = terminal(60);

    // when
    progress.show("words through the model", 1);

    // then
    assertThat(shown()).hasSize(59).endsWith("100 %  words through the model");
  }

  @Test
  void shouldSayNothingIsDoneBeforeItIs() {
    // given
    Progress progress = terminal(80);

    // when
    progress.show("step 20 fitting", 0.999);

    // then
    assertThat(printed()).contains(" 99 %").doesNotContain("100 %");
  }

  @Test
  void shouldTakeTheBarAwayForLinesThatOthersPrint() {
    // given
    Progress progress = terminal(80);
    progress.show("step 20", 0.5);

    // when
    progress.aside(() -> out.print("a warning\n"));
    progress.close();

    // then: the line stands alone, and the bar is drawn again below it
    String[] lines = printed().split("\n", -1);
    assertThat(lines[0]).endsWith("\r" + REST_OF_SCREEN + "a warning");
    assertThat(lines[1]).startsWith("[").endsWith("\r" + REST_OF_SCREEN);
  }

  @Test
  void shouldDrawATableOverItself() {
    // given
    Progress progress = terminal(80);

    // when
    progress.table(List.of("concept  accuracy", "upos     93.9 %"));
    progress.show("step 20", 0.5);
    progress.table(List.of("concept  accuracy", "upos     94.1 %"));

    // then: each time from the first of its lines
    assertThat(printed().split("\r", -1)[2])
        .startsWith(UP + UP + "concept  accuracy" + REST_OF_LINE + "\nupos     94.1 %")
        .contains("50 %  step 20");
  }

  @Test
  void shouldLeaveTheLastTableAndTakeTheBarAway() {
    // given
    Progress progress = terminal(80);
    progress.table(List.of("concept", "upos"));
    progress.show("step 20", 0.5);

    // when
    progress.close();

    // then
    assertThat(printed()).endsWith(REST_OF_SCREEN + "concept\nupos\n");
  }

  @Test
  void shouldCountTheLinesThatAWindowIsTooLowFor() {
    // given
    Progress progress = new Progress(out, Progress.Kind.TERMINAL, () -> new TerminalSize(6, 80));

    // when
    progress.table(List.of("concept", "a", "b", "c", "d", "e"));

    // then: four lines and the bar
    assertThat(shown().split("\n", -1)).containsExactly("concept", "a", "b", "  and 3 more", "");
  }

  @Test
  void shouldShowNoTableInALog() {
    // given
    Progress progress = lines();

    // when
    progress.table(List.of("concept", "upos"));
    progress.close();

    // then
    assertThat(printed()).isEmpty();
    assertThat(progress.columns()).isZero();
  }

  @Test
  void shouldSayNothingWhereNobodyWantsToKnow() {
    // given
    Progress progress = new Progress(out, Progress.Kind.NONE, () -> TerminalSize.USUAL);

    // when
    progress.table(List.of("concept"));
    progress.show("step 20", 0.5);
    progress.say("step 20 is ranked");
    progress.close();

    // then
    assertThat(printed()).isEmpty();
  }

  private Progress lines() {
    return new Progress(out, Progress.Kind.LINES, () -> TerminalSize.USUAL);
  }

  private Progress terminal(int columns) {
    return new Progress(out, Progress.Kind.TERMINAL, () -> new TerminalSize(24, columns));
  }

  /** Without what moves the cursor. */
  private String shown() {
    return printed().replaceAll("\u001b\\[[A-Z]", "");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
