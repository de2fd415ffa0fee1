package io.salient.ranking.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void shouldQuoteACellThatWouldBeTakenForSomethingElse() {
    assertThat(Csv.line("plain", 1, 0.5, null, true)).isEqualTo("plain,1,0.5,,true");
    assertThat(Csv.line("a,b", "say \"a\"", "two\nlines", "and\rback"))
        .isEqualTo("\"a,b\",\"say \"\"a\"\"\",\"two\nlines\",\"and\rback\"");
  }

  @Test
  void shouldTellAnEmptyLabelFromNone() {
    assertThat(Csv.line(new Csv.Quoted("upos"), new Csv.Quoted(""), null))
        .isEqualTo("\"upos\",\"\",");
  }
}
