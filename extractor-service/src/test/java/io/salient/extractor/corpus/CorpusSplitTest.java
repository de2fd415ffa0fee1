package io.salient.extractor.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.SharedInput;
import io.salient.schemas.avro.SplitBy;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorpusSplitTest {
  private static final int DOCUMENTS = CorpusSplit.FEWEST_DOCUMENTS;

  @Test
  void shouldPutSentencesWithTheSameWordsTogether() {
    // given
    AnnotatedCorpus corpus = corpus(new int[] {-1, -1, -1, -1}, "a b", "c", "a b", "A b");

    // when
    CorpusSplit split = CorpusSplit.of(corpus);

    // then: upper and lower case are told apart
    int[] keys = keys(split);
    assertThat(split.by()).isEqualTo(SplitBy.SENTENCE);
    assertThat(keys[2]).isEqualTo(keys[0]);
    assertThat(IntStream.of(keys).distinct().count()).isEqualTo(3);
  }

  @Test
  void shouldTellWhereWordsEnd() {
    int[] keys = keys(CorpusSplit.of(corpus(new int[] {-1, -1}, "ab c", "a bc")));

    assertThat(keys[0]).isNotEqualTo(keys[1]);
  }

  @Test
  void shouldKeepADocumentTogether() {
    // given: documents of three sentences each
    int[] documents = IntStream.range(0, 3 * DOCUMENTS).map(s -> s / 3).toArray();
    String[] sentences =
        IntStream.range(0, documents.length).mapToObj(s -> "s" + s).toArray(String[]::new);

    // when
    CorpusSplit split = CorpusSplit.of(corpus(documents, sentences));

    // then
    int[] keys = keys(split);
    assertThat(split.by()).isEqualTo(SplitBy.DOCUMENT);
    assertThat(IntStream.of(keys).distinct().count()).isEqualTo(DOCUMENTS);
    for (int s = 0; s < keys.length; s++) {
      assertThat(keys[s]).isEqualTo(keys[s - s % 3]);
    }
  }

  @Test
  void shouldTakeASentenceOfSeveralDocumentsOutOfThem() {
    // given: every document thanks, the last has no other sentence but one
    int[] documents = IntStream.range(0, 2 * DOCUMENTS).map(s -> s / 2).toArray();
    String[] sentences =
        IntStream.range(0, documents.length)
            .mapToObj(s -> s % 2 == 0 ? "Thanks ." : "s" + s)
            .toArray(String[]::new);

    // when
    int[] keys = keys(CorpusSplit.of(corpus(documents, sentences)));

    // then: copies are one group, and no document is tied to another by them
    for (int s = 0; s < keys.length; s += 2) {
      assertThat(keys[s]).isEqualTo(keys[0]).isNotEqualTo(keys[s + 1]);
    }
    assertThat(IntStream.of(keys).distinct().count()).isEqualTo(DOCUMENTS + 1);
  }

  @Test
  void shouldNotDependOnWhatElseIsThere() {
    // given: one more document in front, which repeats the sentence "s4"
    int[] documents = IntStream.range(0, 2 * DOCUMENTS).map(s -> s / 2).toArray();
    String[] sentences =
        IntStream.range(0, documents.length).mapToObj(s -> "s" + s).toArray(String[]::new);
    int[] more =
        IntStream.concat(IntStream.of(0), Arrays.stream(documents).map(d -> d + 1)).toArray();
    String[] with = new String[more.length];
    with[0] = "s4";
    System.arraycopy(sentences, 0, with, 1, sentences.length);

    // when
    int[] before = keys(CorpusSplit.of(corpus(documents, sentences)));
    int[] after = keys(CorpusSplit.of(corpus(more, with)));

    // then: all but that sentence are where they were, the rest of its document too
    for (int s = 0; s < before.length; s++) {
      if (s != 4) {
        assertThat(after[s + 1]).isEqualTo(before[s]);
      }
    }
    assertThat(after[5]).isEqualTo(after[0]).isNotEqualTo(before[4]);
  }

  @Test
  void shouldTakeACopyOfADocumentForThatDocument() {
    // given: the last document is the first again
    int[] documents = IntStream.range(0, 2 * DOCUMENTS).map(s -> s / 2).toArray();
    String[] sentences =
        IntStream.range(0, documents.length)
            .mapToObj(s -> "s" + s % (2 * DOCUMENTS - 2))
            .toArray(String[]::new);

    // when
    int[] keys = keys(CorpusSplit.of(corpus(documents, sentences)));

    // then
    assertThat(Arrays.copyOfRange(keys, keys.length - 2, keys.length))
        .containsOnly(keys[0])
        .containsExactly(keys[0], keys[1]);
  }

  @Test
  void shouldNotSplitByAFewDocuments() {
    int[] documents = IntStream.range(0, DOCUMENTS - 1).toArray();
    String[] sentences =
        IntStream.range(0, DOCUMENTS - 1).mapToObj(s -> "s" + s).toArray(String[]::new);

    assertThat(CorpusSplit.of(corpus(documents, sentences)).by()).isEqualTo(SplitBy.SENTENCE);
  }

  @Test
  void shouldHaveNoSentenceInTwoGroupsOfARealCorpus() {
    // given: 2,001 sentences of 318 documents; 57 stand in several
    Path file = SharedInput.path("data/ud-english-ewt/en_ewt-ud-dev.conllu");
    AnnotatedCorpus corpus = CorpusReader.read(file, Map.of(), List.of("upos"));

    // when
    CorpusSplit split = CorpusSplit.of(corpus);

    // then
    int[] keys = keys(split);
    assertThat(split.by()).isEqualTo(SplitBy.DOCUMENT);
    assertThat(IntStream.of(corpus.documents()).distinct().count()).isEqualTo(318);
    Map<List<String>, Integer> group = new HashMap<>();
    for (int s = 0; s < keys.length; s++) {
      Integer known = group.put(corpus.sentence(s), keys[s]);
      assertThat(known).isIn(null, keys[s]);
    }
    assertThat(IntStream.of(keys).distinct().count()).isBetween(320L, 340L);
  }

  private static AnnotatedCorpus corpus(int[] documents, String... sentences) {
    CorpusBuilder builder = new CorpusBuilder("test", List.of());
    int before = -1;
    for (int s = 0; s < sentences.length; s++) {
      if (documents[s] != before) {
        builder.beginDocument();
        before = documents[s];
      }
      for (String word : sentences[s].split(" ", -1)) {
        builder.word("test", word, List.of());
      }
      builder.endSentence();
    }
    return builder.build();
  }

  private static int[] keys(CorpusSplit split) {
    int[] keys = new int[split.groups().remaining() / Integer.BYTES];
    split.groups().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(keys);
    return keys;
  }
}
