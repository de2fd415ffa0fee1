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
    Progress progress = new Progress(out, false);

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
    Progress progress = new Progress(out, true);

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
    Progress progress = new Progress(out, false);

    // when
    progress.say("step 0 is ranked");

    // then
    assertThat(printed()).isEqualTo("step 0 is ranked" + System.lineSeparator());
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
