package io.salient.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.corpus.CorpusReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCorpusTest {
  @TempDir Path temp;

  @Test
  void shouldWriteWhatTheExtractorReads() throws Exception {
    Path file = temp.resolve("demo.conllu");
    DemoCorpus.write(file, 300, 7);

    List<String> concepts = List.of("upos", "misc:Sem");
    AnnotatedCorpus corpus = CorpusReader.read(file, Map.of(), concepts);

    assertThat(corpus.sentences()).isEqualTo(300);
    assertThat(corpus.concepts()).extracting(AnnotatedCorpus.Concept::name).isEqualTo(concepts);
    assertThat(corpus.concepts().get(1).labels()).containsAll(DemoLexicon.TOPICS);
    for (AnnotatedCorpus.Concept concept : corpus.concepts()) {
      assertThat(concept.codes()).as(concept.name()).doesNotContain(-1);
    }
  }

  @Test
  void shouldWriteTheSameForTheSameSeed() throws Exception {
    Path first = temp.resolve("first");
    Path again = temp.resolve("again");
    Path other = temp.resolve("other");
    DemoCorpus.write(first, 50, 1);
    DemoCorpus.write(again, 50, 1);
    DemoCorpus.write(other, 50, 2);
    assertThat(Files.readString(again)).isEqualTo(Files.readString(first));
    assertThat(Files.readString(other)).isNotEqualTo(Files.readString(first));
  }

  @Test
  void shouldHaveWordsThatOnlyTheContextDecides() {
    Map<String, Long> readings =
        DemoCorpus.sentences(2_000, 1).stream()
            .flatMap(sentence -> sentence.words().stream())
            .distinct()
            .collect(Collectors.groupingBy(DemoCorpus.Word::form, Collectors.counting()));
    assertThat(readings.values().stream().filter(count -> count > 1)).hasSizeGreaterThan(10);
    assertThat(readings.get("saw")).isEqualTo(2);
  }
}
