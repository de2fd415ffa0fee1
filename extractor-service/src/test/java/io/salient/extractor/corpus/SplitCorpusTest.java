package io.salient.extractor.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.schemas.avro.SplitBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus in three files. */
class SplitCorpusTest {
  @TempDir Path folder;

  @Test
  void shouldPutTheFilesBehindEachOther() {
    // given
    Path train = write("train.tsv", "#columns: word upos\nThe\tDET\ncat\tNOUN\n\nIt\tPRON\n");
    Path dev = write("dev.tsv", "#columns: word upos\nNow\tADV\n");
    Path test = write("test.tsv", "#columns: word upos\nThe\tDET\n\nIt\tPRON\nsat\tVERB\n");

    // when
    AnnotatedCorpus corpus = SplitCorpus.read(train, dev, test, List.of());

    // then: labels are those of all files, sorted
    assertThat(corpus.name()).isEqualTo("train.tsv, dev.tsv, test.tsv");
    assertThat(corpus.words()).containsExactly("The", "cat", "It", "Now", "The", "It", "sat");
    assertThat(corpus.sentenceStarts()).containsExactly(0, 2, 3, 4, 5);
    assertThat(corpus.fileStarts()).containsExactly(2, 3);
    AnnotatedCorpus.Concept upos = corpus.concepts().getFirst();
    assertThat(upos.labels()).containsExactly("ADV", "DET", "NOUN", "PRON", "VERB");
    assertThat(upos.codes()).containsExactly(1, 2, 3, 0, 1, 3, 4);
    assertThat(CorpusSplit.of(corpus).by()).isEqualTo(SplitBy.FILE);
  }

  @Test
  void shouldCountTestSentencesThatStandInTrainToo() {
    // given
    Path train = write("train.tsv", "It\tPRON\nsat\tVERB\n\nHere\tADV\n");
    Path dev = write("dev.tsv", "Here\tADV\n");
    Path test = write("test.tsv", "It\tPRON\nsat\tVERB\n\nThere\tADV\n\nIt\tPRON\nsat\tNOUN\n");

    // when
    AnnotatedCorpus corpus = SplitCorpus.read(train, dev, test, List.of());

    // then: words count, not labels; all are kept
    assertThat(CorpusSplit.repeated(corpus)).isEqualTo(2);
    assertThat(corpus.sentences()).isEqualTo(6);
  }

  @Test
  void shouldHaveAHashOfAllThreeFilesAndOfWhereTheyEnd() {
    // given
    Path one = write("one.tsv", "a\tX\n\nb\tY\n");
    Path two = write("two.tsv", "c\tX\n");
    Path three = write("three.tsv", "d\tY\n");
    Path other = write("other.tsv", "e\tY\n");
    Path whole = write("whole.tsv", "a\tX\n\nb\tY\n\nc\tX\n\nd\tY\n");
    Path first = write("first.tsv", "a\tX\n");
    Path rest = write("rest.tsv", "b\tY\n\nc\tX\n");

    // when
    String hash = SplitCorpus.read(one, two, three, List.of()).hash();

    // then
    assertThat(SplitCorpus.read(one, two, other, List.of()).hash()).isNotEqualTo(hash);
    assertThat(SplitCorpus.read(one, three, two, List.of()).hash()).isNotEqualTo(hash);
    assertThat(SplitCorpus.read(first, rest, three, List.of()).hash()).isNotEqualTo(hash);
    assertThat(CorpusReader.read(whole, Map.of(), List.of()).hash()).isNotEqualTo(hash);
    assertThat(SplitCorpus.read(one, two, three, List.of()).hash()).isEqualTo(hash);
  }

  @Test
  void shouldKeepTheDocumentsOfTheFilesApart() {
    // given: the second file's first sentence is of no document
    Path train = write("a.conllu", "# newdoc\n" + word("a") + word("b") + "# newdoc\n" + word("c"));
    Path dev = write("b.conllu", word("d") + "# newdoc id = x\n" + word("e"));
    Path test = write("c.conllu", "# newdoc\n# newpar\n" + word("f"));

    // when
    AnnotatedCorpus corpus = SplitCorpus.read(train, dev, test, List.of("upos"));

    // then
    assertThat(corpus.documents()).containsExactly(0, 0, 1, -1, 2, 3);
  }

  @Test
  void shouldRefuseFilesWithOtherConcepts() {
    Path train = write("train.tsv", "#columns: word upos sem\na\tX\tS\n");
    Path dev = write("dev.tsv", "#columns: word upos\na\tX\n");

    assertThatThrownBy(() -> SplitCorpus.read(train, dev, train("t.tsv"), List.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("dev.tsv has concepts upos, train.tsv has upos, sem")
        .hasMessageContaining("--concepts");
  }

  @Test
  void shouldRefuseTheSameFileTwice() {
    Path train = train("train.tsv");

    assertThatThrownBy(
            () ->
                SplitCorpus.read(train, train("dev.tsv"), folder.resolve("./train.tsv"), List.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("train.tsv is named twice");
  }

  private Path train(String name) {
    return write(name, "#columns: word upos sem\na\tX\tS\n");
  }

  private static String word(String word) {
    return "1\t" + word + "\t_\tNOUN\t_\t_\t_\t_\t_\t_\n\n";
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
