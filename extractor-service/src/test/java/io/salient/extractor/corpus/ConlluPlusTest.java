package io.salient.extractor.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that {@code # global.columns} names: read by their names wherever they stand. */
class ConlluPlusTest {
  private static final String ROWS =
      """
      1-2\t_\t_\tfused\t_
      1\tDET\tthe\ta=1|b=[x,y]\t*
      2\tNOUN\tcat\t_\t1:VID

      1\tNOUN\tdog\tb=p=q|a=2\t_
      """;
  private static final String FILE = "# global.columns = ID UPOS FORM MISC PARSEME:MWE\n" + ROWS;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.conllup", "a.conllu", "a.txt", "a.CONLLU"})
  void shouldReadColumnsByTheirNamesWhateverTheFileIsCalled(String name) {
    // given, when
    AnnotatedCorpus corpus = read(name, FILE, "upos", "PARSEME:MWE", "misc:b");
    // then
    assertThat(corpus.words()).containsExactly("the", "cat", "dog");
    assertThat(corpus.sentenceStarts()).containsExactly(0, 2);
    assertThat(corpus.concepts().get(0).labels()).containsExactly("DET", "NOUN");
    assertThat(corpus.concepts().get(1).labels()).containsExactly("*", "1:VID");
    assertThat(corpus.concepts().get(1).codes()).containsExactly(0, 1, -1);
    assertThat(corpus.concepts().get(2).labels()).containsExactly("[x,y]", "p=q");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#global.columns=id upos form misc PARSEME:MWE",
        "# Global.Columns: ID\tUPOS\tFORM\tMISC\tPARSEME:MWE  ",
        "# sent_id = 1\n# global.columns = ID UPOS FORM MISC PARSEME:MWE",
        "\uFEFF# global.columns = ID UPOS FORM MISC PARSEME:MWE"
      })
  void shouldKnowTheDeclarationHoweverItIsWritten(String declaration) {
    assertThat(read("a.conllu", declaration + "\n" + ROWS).words())
        .containsExactly("the", "cat", "dog");
  }

  @Test
  void shouldTakeTheDeclarationOfTheTenColumnsForPlainConllu() {
    // given
    String row = "1\tthe\tthe\tDET\tD\t_\t0\troot\t_\t_\n";
    String declared =
        "# global.columns = ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC\n" + row;
    // when, then: also where such files were put together
    assertThat(read("a.conllu", declared).hash()).isEqualTo(read("b.conllu", row).hash());
    assertThat(read("c.conllu", row + "\n" + declared).words()).containsExactly("the", "the");
  }

  @Test
  void shouldReadAFileWithoutNumbers() {
    // given, when
    AnnotatedCorpus corpus =
        read("a.conllup", "# global.columns = FORM UPOS\n1\tNUM\n1\tNUM\n\na\tDET\n");
    // then
    assertThat(corpus.words()).containsExactly("1", "1", "a");
    assertThat(corpus.sentenceStarts()).containsExactly(0, 2);
  }

  @Test
  void shouldNeedNoLabelsWhereOnlyWordsMatter() {
    // given
    Path file = write("a.conllup", "# global.columns = ID FORM\n1\tcat\n");
    // when, then
    assertThat(CorpusReader.readWords(file).words()).containsExactly("cat");
    assertThatThrownBy(() -> CorpusReader.read(file, Map.of(), List.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContainingAll("\"upos\" is not in a.conllup", "there are regex", "position");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# global.columns = ID UPOS                 | a.conllu:1: # global.columns names no column"
            + " FORM",
        "# global.columns =                         | a.conllu:1: # global.columns names no column"
            + " FORM",
        "# global.columns = ID FORM form UPOS       | names \"FORM\" twice",
        "# global.columns = ID FORM UPOS            | a.conllu:2: 5 columns, # global.columns names"
            + " 3",
        "# newdoc                                   | a.conllu:2: 5 columns, CoNLL-U has 10",
      })
  void shouldRefuseLinesThatAreNotAsDeclared(String declaration, String message) {
    assertThatThrownBy(() -> read("a.conllu", declaration + "\n" + ROWS))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseADeclarationOfOtherColumnsFurtherDown() {
    // given
    String other = "\n# global.columns = ID FORM UPOS MISC PARSEME:MWE\n" + ROWS;
    String plain = "1\tthe\tthe\tDET\tD\t_\t0\troot\t_\t_\n";
    // when, then
    for (String text : List.of(FILE + other, plain + other)) {
      assertThatThrownBy(() -> read("a.conllu", text))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining("# global.columns names other columns than the lines before");
    }
  }

  @Test
  void shouldSayWhichConceptsTheColumnsHave() {
    assertThatThrownBy(() -> read("a.conllu", FILE, "xpos"))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("there are upos, misc:KEY, PARSEME:MWE, regex:NAME=PATTERN and");
  }

  private AnnotatedCorpus read(String name, String text, String... concepts) {
    return CorpusReader.read(write(name, text), Map.of(), List.of(concepts));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
