package io.salient.extractor.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.SharedInput;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.corpus.CorpusReader;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.model.WordBatch;
import io.salient.extractor.tokenization.ExtractionCorpus.Batch;
import io.salient.extractor.tokenization.ExtractionCorpus.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizedCorpusTest {
  private static final AnnotatedCorpus CORPUS =
      new AnnotatedCorpus(
          "small",
          List.of("abc", "\u200b", "d", "xyz", "c", "e"),
          new int[] {0, 3, 5},
          List.of(
              new AnnotatedCorpus.Concept(
                  "upos", List.of("X", "Y"), new int[] {0, 1, 0, 1, -1, 0})));

  @TempDir Path folder;

  @Test
  void shouldCountWhatGetsNoRow() {
    // given: 16 positions; word 1 has no subword, word 4 has 14
    AnnotatedCorpus corpus =
        new AnnotatedCorpus(
            "small",
            List.of("abc", "\u200b", "d", "c", "a b c d e f g h i j k l m n", "x", "e"),
            new int[] {0, 3, 6},
            CORPUS.concepts());
    // when
    Plan plan = plan(corpus, LetterTokenizer.size());
    // then: the sentence of words 3 to 5 is cut before word 4
    assertThat(plan.rows()).isEqualTo(4);
    assertThat(plan.droppedWords()).isEqualTo(1);
    assertThat(plan.truncatedWords()).isEqualTo(2);
    assertThat(plan.rows() + plan.droppedWords() + plan.truncatedWords()).isEqualTo(7);
    assertThat(rows(plan)).containsExactlyInAnyOrder(0, 2, 3, 6);
  }

  @Test
  void shouldPointEachRowToItsOwnSubwords() {
    // given, when
    Plan plan = plan(CORPUS, LetterTokenizer.size());
    // then: letter by letter, whatever batch and place the sentence is in
    assertThat(rows(plan)).containsExactlyInAnyOrder(0, 2, 3, 4, 5);
    for (Batch batch : plan.batches()) {
      for (int i = 0; i < batch.rows().length; i++) {
        WordBatch.Word word = batch.words().words()[i];
        long[] sentence = batch.words().ids()[word.sentence()];
        String text = CORPUS.words().get(batch.rows()[i]);
        assertThat(Arrays.copyOfRange(sentence, word.first(), word.last() + 1))
            .containsExactly(letters(text));
      }
    }
  }

  @Test
  void shouldGiveEveryWordOfALongSentenceOneRow() {
    // given: 30 words of one subword, 16 positions, two of them for [CLS] and [SEP]
    AnnotatedCorpus corpus = letters(30);
    // when
    Plan plan = plan(corpus, LetterTokenizer.size(), LongSentences.WINDOW, false);
    // then
    assertThat(rows(plan))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 30).boxed().toList());
    assertThat(plan.rows()).isEqualTo(30);
    assertThat(plan.truncatedWords()).isZero();
    assertThat(plan.cutSentences()).isEqualTo(1);
    for (Batch batch : plan.batches()) {
      assertThat(batch.words().paddedLength()).isLessThanOrEqualTo(16);
      assertThat(batch.words().ids().length * batch.words().paddedLength()).isLessThan(33);
      for (int i = 0; i < batch.rows().length; i++) {
        WordBatch.Word word = batch.words().words()[i];
        assertThat(batch.words().ids()[word.sentence()][word.first()])
            .isEqualTo(LetterTokenizer.id(corpus.words().get(batch.rows()[i])));
      }
    }
  }

  @Test
  void shouldGiveSpecialSubwordsRowsWithoutALabelOnRequest() {
    // given: the second sentence has no subword of its own, the third goes through in windows
    List<String> words = new ArrayList<>(List.of("abc", "d", "\u200b"));
    words.addAll(letters(20).words());
    int[] codes = new int[words.size()];
    AnnotatedCorpus corpus =
        new AnnotatedCorpus(
            "small",
            words,
            new int[] {0, 2, 3},
            List.of(new AnnotatedCorpus.Concept("upos", List.of("X"), codes)));
    TokenizedCorpus given = new TokenizedCorpus(corpus, settings(32, LongSentences.WINDOW, true));
    try (CheckpointFolder checkpoint = CheckpointFolder.open(checkpoint(LetterTokenizer.size()));
        Encoder encoder = Encoders.load(checkpoint)) {
      // when
      ExtractionCorpus read = given.readBy(checkpoint);
      Plan plan = read.plan(checkpoint, encoder);
      // then
      assertThat(read.info().getWords()).isEqualTo(words.size() + 6);
      assertThat(read.info().getSentenceStarts()).containsExactly(0, 4, 7);
      assertThat(read.info().getHash()).isNotEqualTo(given.info().getHash());
      assertThat(read.info().getGroups()).isEqualTo(given.info().getGroups());
      assertThat(IntStream.range(0, 8).mapToObj(read::word))
          .containsExactly("[CLS]", "abc", "d", "[SEP]", "[CLS]", "\u200b", "[SEP]", "[CLS]");
      assertThat(IntStream.range(0, 8).map(row -> read.code(0, row)))
          .containsExactly(-1, 0, 0, -1, -1, 0, -1, -1);
      assertThat(plan.rows()).isEqualTo(words.size() + 6 - 1);
      assertThat(plan.droppedWords()).isEqualTo(1);
      assertThat(rows(plan)).doesNotHaveDuplicates().hasSize(plan.rows()).doesNotContain(5);
      assertThat(read.readBy(checkpoint)).isSameAs(read);
      assertThat(given.readBy(checkpoint)).isSameAs(read);
      for (Batch batch : plan.batches()) {
        for (int i = 0; i < batch.rows().length; i++) {
          WordBatch.Word word = batch.words().words()[i];
          String text = read.word(batch.rows()[i]);
          long expected = LetterTokenizer.id(text.startsWith("[") ? text : text.substring(0, 1));
          assertThat(batch.words().ids()[word.sentence()][word.first()]).isEqualTo(expected);
        }
      }
    }
  }

  private static AnnotatedCorpus letters(int count) {
    List<String> words =
        IntStream.range(0, count).mapToObj(i -> Character.toString('a' + i % 26)).toList();
    return new AnnotatedCorpus("letters", words, new int[] {0}, List.of());
  }

  @Test
  void shouldRefuseATokenizerLargerThanTheEmbeddingWhateverTheCorpusUses() {
    // I12: none of the corpus' own subwords is beyond the embedding
    assertThatThrownBy(() -> plan(CORPUS, LetterTokenizer.size() - 1))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo("tokenizer.too-large"))
        .hasMessageContainingAll(
            "tokenizer.json",
            "subword " + (LetterTokenizer.size() - 1),
            "embeds " + (LetterTokenizer.size() - 1));
  }

  @Test
  void shouldDescribeTheCorpusForTheRecords() {
    // given, when
    TokenizedCorpus corpus =
        new TokenizedCorpus(CORPUS, settings(2048, LongSentences.WINDOW, false));
    // then
    assertThat(corpus.info().getWords()).isEqualTo(6);
    assertThat(corpus.info().getHash()).isEqualTo(CORPUS.hash());
    assertThat(corpus.info().getSentenceStarts()).containsExactly(0, 3, 5);
    assertThat(corpus.concepts().getFirst().getLabels()).containsExactly("X", "Y");
    assertThat(corpus.code(0, 4)).isEqualTo(-1);
    assertThat(corpus.sentence(4)).isEqualTo(1);
    assertThat(corpus.word(2)).isEqualTo("d");
  }

  @Test
  void shouldPlanUniversalDependenciesWithoutLosingAWord() {
    // given
    Path data = SharedInput.path("data/ud-english-ewt");
    Path run = SharedInput.path("runs/bert-genre");
    for (String part : List.of("dev", "test")) {
      AnnotatedCorpus corpus =
          CorpusReader.read(
              data.resolve("en_ewt-ud-" + part + ".conllu"), Map.of(), List.of("upos"));
      TokenizedCorpus tokenized =
          new TokenizedCorpus(corpus, settings(2048, LongSentences.TRUNCATE, false));
      try (CheckpointFolder checkpoint = CheckpointFolder.open(run.resolve("checkpoint-0"));
          CheckpointFolder later = CheckpointFolder.open(run.resolve("checkpoint-500"));
          Encoder encoder = Encoders.load(checkpoint)) {
        // when
        Plan plan = tokenized.plan(checkpoint, encoder);
        // then: 128 positions; two words of the test part do not fit
        assertThat(plan.rows() + plan.truncatedWords()).isEqualTo(corpus.words().size());
        assertThat(plan.truncatedWords()).isEqualTo(part.equals("dev") ? 0 : 2);
        assertThat(plan.droppedWords()).isZero();
        BitSet seen = new BitSet();
        rows(plan).forEach(seen::set);
        assertThat(seen.cardinality()).isEqualTo(plan.rows());
        assertThat(tokenized.plan(later, encoder)).isSameAs(plan);
      }
    }
  }

  private static long[] letters(String text) {
    return IntStream.range(0, text.length())
        .mapToLong(i -> LetterTokenizer.id((i == 0 ? "" : "##") + text.charAt(i)))
        .toArray();
  }

  private static TokenizationSettings settings(int batchTokens, LongSentences mode, boolean keep) {
    return new TokenizationSettings(batchTokens, 42, mode, keep);
  }

  private Plan plan(AnnotatedCorpus corpus, int embeddings) {
    return plan(corpus, embeddings, LongSentences.TRUNCATE, false);
  }

  private Plan plan(AnnotatedCorpus corpus, int embeddings, LongSentences mode, boolean keep) {
    Path path = checkpoint(embeddings);
    try (CheckpointFolder checkpoint = CheckpointFolder.open(path);
        Encoder encoder = Encoders.load(checkpoint)) {
      return new TokenizedCorpus(corpus, settings(32, mode, keep))
          .readBy(checkpoint)
          .plan(checkpoint, encoder);
    }
  }

  private Path checkpoint(int embeddings) {
    Path path =
        TinyCheckpoint.random(1)
            .config("vocab_size", "" + embeddings)
            .tensor("bert.embeddings.word_embeddings.weight", embeddings, TinyCheckpoint.HIDDEN)
            .write(folder.resolve("checkpoint-1"));
    LetterTokenizer.write(path.resolve("tokenizer.json"));
    return path;
  }

  private static List<Integer> rows(Plan plan) {
    return plan.batches().stream()
        .flatMapToInt(batch -> Arrays.stream(batch.rows()))
        .boxed()
        .toList();
  }
}
