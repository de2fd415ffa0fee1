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

/** Columns and parallel files, and how a format is recognised. */
class CorpusReaderTest {
  @TempDir Path folder;

  @Test
  void shouldReadParallelFilesOfOneSentenceALine() {
    // given
    Path words = write("a.txt", "The cat sat .\n\nIt purred\n");
    Path pos = write("pos.txt", "DET NOUN VERB PUNCT\n\nPRON VERB\n");
    Path sem = write("sem.txt", "DEF CON EXS NIL\n\nPRO EXS\n");
    // when
    AnnotatedCorpus all = CorpusReader.read(words, Map.of("pos", pos), List.of());
    AnnotatedCorpus one = CorpusReader.read(words, Map.of("pos", pos, "sem", sem), List.of("sem"));
    // then
    assertThat(all.words()).containsExactly("The", "cat", "sat", ".", "It", "purred");
    assertThat(all.sentenceStarts()).containsExactly(0, 4);
    assertThat(all.concepts().getFirst().labels())
        .containsExactly("DET", "NOUN", "PRON", "PUNCT", "VERB");
    assertThat(all.concepts().getFirst().codes()).containsExactly(0, 1, 4, 3, 2, 4);
    assertThat(one.concepts()).extracting(AnnotatedCorpus.Concept::name).containsExactly("sem");
  }

  @Test
  void shouldReadPlainTextWhereLabelsDoNotMatter() {
    // given
    Path text = write("a.txt", "# The  cat sat .\n\n It purred\nIt\tslept\n");
    Path columns = write("a.tsv", "The\tDET\ncat\tNOUN\n");
    // when
    AnnotatedCorpus corpus = CorpusReader.readWords(text);
    // then
    assertThat(corpus.words())
        .containsExactly("#", "The", "cat", "sat", ".", "It", "purred", "It", "slept");
    assertThat(corpus.sentenceStarts()).containsExactly(0, 5, 7);
    assertThat(corpus.concepts()).isEmpty();
    assertThat(CorpusReader.readWords(columns).words()).containsExactly("The", "cat");
  }

  @Test
  void shouldFindTheLabelFileBesideTheText() {
    // given
    Path words = write("a.word", "a b\n");
    write("a.label", "X Y\n");
    // when
    AnnotatedCorpus corpus = CorpusReader.read(words, Map.of(), List.of());
    // then
    assertThat(corpus.concepts())
        .extracting(AnnotatedCorpus.Concept::name)
        .containsExactly("label");
  }

  @Test
  void shouldTellTheDocumentsOfConll2003() {
    Path file =
        write("a.txt", "-DOCSTART- -X- O\n\nIt NN O\n\nsat VB O\n-DOCSTART- -X- O\n\nA DT O\n");

    assertThat(CorpusReader.read(file, Map.of(), List.of()).documents()).containsExactly(0, 0, 1);
  }

  @Test
  void shouldSayWhereLabelsDoNotMatchWords() {
    // I14: labels count != words
    refusedLabels("a b\nc d\n", "X Y\nX\n", "corpus.labels", "l:2: 1 labels for 2 words of w");
    refusedLabels("a b\nc\n", "X Y\n\n", "corpus.labels", "l:2: 0 labels for 1 words");
    refusedLabels("a\n\nb\n", "X\nX\nX\n", "corpus.labels", "l:2: 1 labels for 0 words");
    refusedLabels("a\nb\n", "X\n", "corpus.lines", "l has 1 lines, w has 2");
    refusedLabels("a  b\n", "X Y Z\n", "corpus.empty-word", "w:1");
    refusedLabels("a\tb\n", "X\n", "corpus.control-character", "w:1");
    refusedLabels("\n", "\n", "corpus.empty", "w holds no words");
  }

  @Test
  void shouldSayWhichLabelFilesThereAre() {
    // given
    Path words = write("w", "a\n");
    Map<String, Path> labels = Map.of("pos", write("l", "X\n"));
    // when, then
    refused(words, labels, List.of("ner"), "corpus.unknown-concept", "\"ner\"", "there are pos");
    refused(words, labels, List.of("pos", "pos"), "corpus.concept-twice", "\"pos\"");
    refused(words, Map.of(), List.of(), "corpus.no-label-file", "--labels CONCEPT=FILE", "w.label");
    Path gone = folder.resolve("gone");
    refused(words, Map.of("pos", gone), List.of(), "corpus.missing", "gone is not there");
  }

  @Test
  void shouldReadColumnsWithAndWithoutTheirNames() {
    // given
    Path named = write("n.tsv", "#columns: word upos sem\na\tX\tS\n\nb\tY\t_\n");
    Path plain = write("p.tsv", "a\tX\tS\n#\tX\tS\n\n\nb\tY\t_\n");
    // when
    AnnotatedCorpus names = CorpusReader.read(named, Map.of(), List.of());
    AnnotatedCorpus numbers = CorpusReader.read(plain, Map.of(), List.of());
    AnnotatedCorpus one = CorpusReader.read(named, Map.of(), List.of("sem"));
    // then
    assertThat(names.words()).containsExactly("a", "b");
    assertThat(names.sentenceStarts()).containsExactly(0, 1);
    assertThat(names.concepts())
        .extracting(AnnotatedCorpus.Concept::name)
        .containsExactly("upos", "sem");
    assertThat(numbers.words()).containsExactly("a", "#", "b");
    assertThat(numbers.concepts())
        .extracting(AnnotatedCorpus.Concept::name)
        .containsExactly("column2", "column3");
    assertThat(one.concepts().getFirst().codes()).containsExactly(0, -1);
  }

  @Test
  void shouldTakeTenNamedColumnsForColumns() {
    // given
    Path file = write("ten", "#columns: w a b c d e f g h i\nx\t1\t2\t3\t4\t5\t6\t7\t8\t9\n");
    // when, then
    assertThat(CorpusReader.read(file, Map.of(), List.of("i")).concepts().getFirst().labels())
        .containsExactly("9");
  }

  @Test
  void shouldRecogniseConlluByItsContent() {
    // given
    Path file = write("words.txt", "# a comment\n1\tHi\thi\tINTJ\tUH\t_\t0\troot\t_\t_\n");
    // when, then
    assertThat(CorpusReader.read(file, Map.of(), List.of()).concepts().getFirst().labels())
        .containsExactly("INTJ");
  }

  @Test
  void shouldRefuseColumnsThatAreNone() {
    refusedColumns("a\tX\nb\n", List.of(), "corpus.columns", "c.tsv:2: 1 columns");
    refusedColumns("a\tX\n\t\n", List.of(), "corpus.empty-word", "c.tsv:2");
    refusedColumns("a\t\n", List.of(), "corpus.empty-label", "c.tsv:1", "column2");
    refusedColumns("a\tX\n", List.of("ner"), "corpus.unknown-concept", "there are column2");
    refusedColumns("#columns: word\na\tX\n", List.of(), "corpus.columns", "c.tsv:1");
    refusedColumns("#columns: w x x\na\tX\tY\n", List.of(), "corpus.concept-twice", "\"x\"");
  }

  @Test
  void shouldRefuseWhatIsNoFile() {
    Path gone = folder.resolve("gone.conllu");
    refused(gone, Map.of(), List.of(), "corpus.missing", "gone.conllu is not there");
    refused(folder, Map.of("pos", gone), List.of(), "corpus.unreadable", "cannot be read");
  }

  @Test
  void shouldHashWhatDecidesRowsAndLabelsAndNothingElse() {
    // given
    String base = hash("a.tsv", "a\tX\nb\tY\n");
    // when, then
    assertThat(hash("same.tsv", "a\tX\r\nb\tY")).isEqualTo(base);
    assertThat(hash("bounds.tsv", "a\tX\n\nb\tY\n")).isNotEqualTo(base);
    assertThat(hash("word.tsv", "ab\tX\nb\tY\n")).isNotEqualTo(base);
    assertThat(hash("swap.tsv", "a\tY\nb\tX\n")).isNotEqualTo(base);
    assertThat(hash("label.tsv", "a\tX\nb\tZ\n")).isNotEqualTo(base);
    assertThat(hash("none.tsv", "a\tX\nb\t_\n")).isNotEqualTo(base);
    assertThat(base).matches("[0-9a-f]{64}");
  }

  private String hash(String name, String text) {
    return CorpusReader.read(write(name, text), Map.of(), List.of()).hash();
  }

  private void refusedLabels(String words, String labels, String code, String... parts) {
    refused(write("w", words), Map.of("pos", write("l", labels)), List.of(), code, parts);
  }

  private void refusedColumns(String text, List<String> concepts, String code, String... parts) {
    refused(write("c.tsv", text), Map.of(), concepts, code, parts);
  }

  private static void refused(
      Path file, Map<String, Path> labels, List<String> concepts, String code, String... parts) {
    assertThatThrownBy(() -> CorpusReader.read(file, labels, concepts))
        .isInstanceOfSatisfying(CorpusException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(parts);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
