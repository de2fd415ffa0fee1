package io.salient.extractor.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for is found again under the name that results have. */
class ConceptNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upos",
        "position",
        "feats:Number",
        "feats:Number[psor]",
        "misc:Gloss",
        "regex:caps=[A-Z]+",
        "regex:es=.*s"
      })
  void shouldBeTheNamesOfTheReader(String asked) throws IOException {
    // given
    Path corpus = folder.resolve("words.conllu");
    Files.writeString(
        corpus,
        """
        1\tCats\tcat\tNOUN\t_\tNumber=Plur|Number[psor]=Sing\t0\troot\t_\tGloss=cats
        2\tMEOW\tmeow\tVERB\t_\tNumber=Plur|Number[psor]=Plur\t1\tacl\t_\tGloss=meow

        """);

    // when
    AnnotatedCorpus read = CorpusReader.read(corpus, Map.of(), List.of(asked));

    // then
    assertThat(read.concepts().getFirst().name()).isEqualTo(ConceptNames.inResults(asked));
  }
}
