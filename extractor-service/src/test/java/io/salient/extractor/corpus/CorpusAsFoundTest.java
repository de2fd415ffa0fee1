package io.salient.extractor.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Corpora as other people's programs leave them: read as they are meant, or refused by line. */
class CorpusAsFoundTest {
  private static final String TWO = row("1", "the", "DET", "_") + row("2", "cat", "NOUN", "_");

  @TempDir Path folder;

  @Test
  void shouldReadTheSameWithByteOrderMarksInside() {
    // given: files with marks put together
    String text = TWO + "\n# a comment\n" + TWO;
    // when, then
    assertThat(conllu("\uFEFF" + TWO + "\n\uFEFF# a comment\n" + TWO).hash())
        .isEqualTo(conllu(text).hash());
    assertThat(conllu(TWO + "\n\uFEFF" + TWO).hash()).isEqualTo(conllu(text).hash());
    assertThat(conllu("\uFEFF\n" + TWO).words()).containsExactly("the", "cat");
    assertThat(columns("\uFEFFa\tX\n\n\uFEFFb\tY\n").words()).containsExactly("a", "b");
  }

  @Test
  void shouldKeepAByteOrderMarkThatIsAWord() {
    assertThat(columns("a\tX\n\uFEFF\tX\na\uFEFF\tY\n").words())
        .containsExactly("a", "\uFEFF", "a\uFEFF");
  }

  @Test
  void shouldReadTheSameWithBlanksAtTheEndsOfCells() {
    // given
    String untidy =
        TWO.replace("NOUN", " NOUN").replace("\t_\n", "\t_ \n").replace("the\t", "the \t");
    // when, then
    assertThat(conllu(untidy.replace("\n", " \n") + "  \n\n").hash()).isEqualTo(conllu(TWO).hash());
    assertThat(columns("a \tX\nb\tX \n").hash()).isEqualTo(columns("a\tX\nb\tX\n").hash());
  }

  @Test
  void shouldTakeEverythingBehindTheFirstEqualsSignForTheValue() {
    // given: what annotation tools write into MISC
    String misc =
        "SpaceAfter=No|Gloss=a=b|Entity=(e1-person-1,2-[x])|Bare|Key[a][b]=c d|Ref=1|Ref=2| Pad = v"
            + " ";
    String text = row("1", "the", "DET", misc) + row("2", "cat", "NOUN", "_");
    // when
    AnnotatedCorpus corpus =
        conllu(text, "misc:Gloss", "misc:Entity", "misc:Key[a][b]", "misc:Ref", "misc:Pad");
    // then
    assertThat(corpus.concepts().stream().map(AnnotatedCorpus.Concept::labels))
        .containsExactly(
            List.of("a=b"),
            List.of("(e1-person-1,2-[x])"),
            List.of("c d"),
            List.of("1"),
            List.of("v"));
    assertThat(corpus.concepts().get(2).name()).isEqualTo("misc:Key.a.b");
    assertThat(corpus.concepts()).allMatch(c -> Arrays.equals(c.codes(), new int[] {0, -1}));
  }

  @Test
  void shouldTakeAKeyWithoutAValueForNoLabel() {
    String text = row("1", "the", "DET", "Gloss=") + row("2", "cat", "NOUN", "Gloss= |Ref=x");
    assertThat(conllu(text + row("3", "s", "X", "Gloss=y"), "misc:Gloss").concepts())
        .singleElement()
        .satisfies(
            gloss -> {
              assertThat(gloss.labels()).containsExactly("y");
              assertThat(gloss.codes()).containsExactly(-1, -1, 0);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\tthe\tX\n2\tcat\tY\n\n1\ta\tX\n",
        "0\tthe\tX\n1\tcat\tY\n\n0\ta\tX\n",
        "1-2\tit's\t_\n1\tit\tX\n2\t's\tY\n3\tso\tY\n3.1\t_\t_\n",
      })
  void shouldNotTakeTheNumbersOfWordsForWords(String lines) {
    refused("c.tsv", lines, "c.tsv", "counts the words", "# global.columns = ID FORM");
  }

  @Test
  void shouldTakeNumbersForWordsWhereTheyDoNotCount() {
    assertThat(columns("1\tX\n2\tX\n\n2\tX\n4\tX\n").words()).containsExactly("1", "2", "2", "4");
    assertThat(columns("#columns: word n\n1\tX\n2\tX\n3\tX\n").words())
        .containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token\tlabel\n", "Word\tPOS\n\n", "FORM\tner_tags\n"})
  void shouldNotTakeAHeaderForAWord(String header) {
    refused("c.tsv", header + "the\tDET\ncat\tNOUN\n", "looks like a header", "#columns: ");
  }

  @Test
  void shouldTakeTheWordForAWordWhereItsLabelComesAgain() {
    assertThat(columns("Word\tNOUN\nof\tADP\nmouth\tNOUN\n").words())
        .containsExactly("Word", "of", "mouth");
  }

  @Test
  void shouldReadADocumentsMarkThatStandsAlone() {
    assertThat(columns("-DOCSTART-\n\nEU NNP B-ORG\nrejects VBZ O\n").words())
        .containsExactly("EU", "rejects");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1|git lfs pull",
        "<!DOCTYPE html><html></html>|is a web page",
      })
  void shouldSayWhatAFileIsThatIsNoCorpus(String content, String says) {
    for (String name : List.of("c.conllu", "c.tsv", "c.txt")) {
      refused(name, content + "\n", name, says);
    }
  }

  @Test
  void shouldNameTheLineOfAMissingBlankLine() {
    refused("c.conllu", TWO + TWO, "c.conllu:3", "is one missing before this line?");
  }

  @Test
  void shouldRefuseTextThatWasTakenOut() {
    refused(
        "c.conllu", row("1", "_", "DET", "_") + row("2", "_", "X", "_"), "the text was taken out");
    assertThat(conllu(row("1", "_", "PUNCT", "_")).words()).containsExactly("_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void shouldSayThatAFileIsUtf16(String charset) {
    for (String name : List.of("c.conllu", "c.tsv")) {
      assertThatThrownBy(() -> read(name, TWO.getBytes(Charset.forName(charset))))
          .isInstanceOf(CorpusException.class)
          .hasMessageContainingAll(name + ":1: UTF-16, not UTF-8", "iconv");
    }
  }

  @Test
  void shouldRefuseLinesEndedByCarriageReturns() {
    refused("c.conllu", TWO.replace('\n', '\r'), "c.conllu:1", "CR alone");
    refused("c.tsv", "a\tX\rb\tY\r", "c.tsv:1", "CR alone");
  }

  @Test
  void shouldRefuseACompressedFile() {
    assertThatThrownBy(() -> read("c.conllu", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0}))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("unpack it first");
  }

  @Test
  void shouldReadTheColumnsOfConll2003() {
    // given
    String text =
        "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\nPeter NNP I-NP I-PER\n";
    // when
    AnnotatedCorpus blanks = read("eng.txt", text.getBytes(StandardCharsets.UTF_8), "column4");
    AnnotatedCorpus tabs = columns(text.replace(' ', '\t'), "column4");
    // then: also where the document's mark is missing
    assertThat(blanks.words()).containsExactly("EU", "rejects", "Peter");
    assertThat(blanks.sentenceStarts()).containsExactly(0, 2);
    assertThat(blanks.concepts().getFirst().labels()).containsExactly("I-ORG", "I-PER", "O");
    assertThat(tabs.hash()).isEqualTo(blanks.hash());
    assertThat(CorpusReader.readWords(write("b", text.substring(20))).words())
        .isEqualTo(blanks.words());
  }

  @Test
  void shouldTellACommentFromAWordThatBeginsWithItsSign() {
    // given, when, then
    assertThat(columns("# a comment\n#love\tX\n#\tY\n").words()).containsExactly("#love", "#");
    refused("c.tsv", "a\tX\n#love\n", "c.tsv:2: 1 columns, the first line has 2");
  }

  @Test
  void shouldSayThatColumnsAreSeparatedByTabs() {
    refused("c.txt", "the DET\ncat NOUN\n", "separated by tabs");
    refused("c.conllu", "1    the    the    DET\n", "c.conllu:1", "separated by tabs");
  }

  private void refused(String name, String text, String... parts) {
    assertThatThrownBy(() -> read(name, text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CorpusException.class)
        .hasMessageContainingAll(parts);
  }

  private AnnotatedCorpus conllu(String text, String... concepts) {
    return read("c.conllu", text.getBytes(StandardCharsets.UTF_8), concepts);
  }

  private AnnotatedCorpus columns(String text, String... concepts) {
    return read("c.tsv", text.getBytes(StandardCharsets.UTF_8), concepts);
  }

  private AnnotatedCorpus read(String name, byte[] bytes, String... concepts) {
    try {
      return CorpusReader.read(
          Files.write(folder.resolve(name), bytes), Map.of(), List.of(concepts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(String id, String word, String upos, String misc) {
    return String.join("\t", id, word, "_", upos, "_", "_", "0", "root", "_", misc) + "\n";
  }
}
