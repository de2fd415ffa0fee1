package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.tokenization.ExtractionCorpus.Batch;
import io.salient.extractor.tokenization.ExtractionCorpus.Plan;
import io.salient.extractor.tokenization.LongSentences;
import io.salient.extractor.tokenization.Subwords;
import io.salient.extractor.tokenization.TokenizationSettings;
import io.salient.extractor.tokenization.TokenizedCorpus;
import io.salient.extractor.tokenization.WordTokenizer;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * I13: sentences above the position limit, from words to vectors. All fixtures here take 64
 * subwords.
 */
class WindowVectorsTest {
  private static final Map<String, Model> MODELS = new HashMap<>();
  private static final int BATCH_TOKENS = 200;

  /** A fixture in memory. */
  private record Model(CheckpointFolder checkpoint, Encoder encoder, WordTokenizer tokenizer) {
    static Model load(String family) {
      try (FamilyFixture fixture = FamilyFixture.open(family)) {
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        WordTokenizer tokenizer = WordTokenizer.load(checkpoint.tokenizer());
        return new Model(checkpoint, Encoders.load(checkpoint), tokenizer);
      }
    }

    Plan plan(List<List<String>> sentences, LongSentences mode) {
      List<String> words = new ArrayList<>();
      int[] starts = new int[sentences.size()];
      for (int s = 0; s < starts.length; s++) {
        starts[s] = words.size();
        words.addAll(sentences.get(s));
      }
      AnnotatedCorpus corpus = new AnnotatedCorpus("generated", words, starts, List.of());
      return new TokenizedCorpus(corpus, new TokenizationSettings(BATCH_TOKENS, 7, mode, false))
          .plan(checkpoint, encoder);
    }

    float[][] vectors(WordBatch batch, Aggregation aggregation) {
      try (NDManager manager = TorchEngine.newManager()) {
        int width = encoder.layers() * encoder.hiddenSize();
        float[] all = encoder.words(manager, batch, aggregation).toFloatArray();
        float[][] rows = new float[batch.words().length][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * width, (i + 1) * width));
        return rows;
      }
    }

    void close() {
      tokenizer.close();
      encoder.close();
      checkpoint.close();
    }
  }

  /** Words of a sentence, from one to another, that go through a model together. */
  private record Stretch(int from, int to) {
    /** Which words a window holds, by where one of them stands in it. */
    static Stretch around(Subwords sentence, long[] window, WordBatch.Word word, int row) {
      int begin = sentence.first()[row] - (word.first() - sentence.before().length);
      int end = begin + window.length - sentence.specials();
      int from = at(sentence.first(), begin);
      int to = at(sentence.last(), end - 1);
      return new Stretch(from, to);
    }

    private static int at(int[] positions, int position) {
      for (int word = 0; word < positions.length; word++) {
        if (positions[word] == position) {
          return word;
        }
      }
      throw new AssertionError("no word begins or ends at subword " + position);
    }

    /** Subwords on the shorter side of a word; negative where it is not inside. */
    int context(Subwords sentence, int word) {
      return Math.min(
          sentence.first()[word] - sentence.first()[from],
          sentence.last()[to] - sentence.last()[word]);
    }
  }

  @AfterContainer
  static void close() {
    MODELS.values().forEach(Model::close);
    MODELS.clear();
  }

  @Property(tries = 60)
  void shouldGiveAWordTheVectorOfItsWindowRunAlone(
      @ForAll("families") String family,
      @ForAll("sentences") List<List<String>> sentences,
      @ForAll Aggregation aggregation) {
    // given
    Model model = MODELS.computeIfAbsent(family, Model::load);
    List<Subwords> subwords = sentences.stream().map(model.tokenizer()::tokenize).toList();
    int[] rowsOf = new int[sentences.stream().mapToInt(List::size).sum()];
    List<List<Stretch>> windows = new ArrayList<>();
    sentences.forEach(s -> windows.add(new ArrayList<>()));
    List<int[]> chosen = new ArrayList<>(); // sentence, word, window
    // when
    Plan plan = model.plan(sentences, LongSentences.WINDOW);
    for (Batch batch : plan.batches()) {
      float[][] vectors = model.vectors(batch.words(), aggregation);
      for (int i = 0; i < vectors.length; i++) {
        int[] place = place(sentences, batch.rows()[i]);
        List<String> words = sentences.get(place[0]);
        WordBatch.Word word = batch.words().words()[i];
        long[] window = batch.words().ids()[word.sentence()];
        Stretch stretch = Stretch.around(subwords.get(place[0]), window, word, place[1]);
        // then: the window's words as a sentence of their own
        Subwords alone =
            model.tokenizer().tokenize(words.subList(stretch.from(), stretch.to() + 1));
        assertThat(window).containsExactly(alone.all());
        assertThat(window.length).isLessThanOrEqualTo(model.encoder().maxPositions());
        assertThat(vectors[i])
            .containsExactly(
                alone(model, alone, place[1] - stretch.from(), aggregation), within(1e-5f));
        rowsOf[batch.rows()[i]]++;
        windows.get(place[0]).add(stretch);
        chosen.add(new int[] {place[0], place[1], windows.get(place[0]).size() - 1});
      }
    }
    // and: every word once, from the window that gives it the most context
    assertThat(rowsOf).containsOnly(1);
    for (int[] word : chosen) {
      Subwords sentence = subwords.get(word[0]);
      int best =
          windows.get(word[0]).stream().mapToInt(w -> w.context(sentence, word[1])).max().orElse(0);
      assertThat(windows.get(word[0]).get(word[2]).context(sentence, word[1])).isEqualTo(best);
    }
  }

  @Property(tries = 60)
  void shouldAccountForEveryWordHoweverOdd(
      @ForAll("families") String family,
      @ForAll("oddSentences") List<List<String>> sentences,
      @ForAll LongSentences mode) {
    // given
    Model model = MODELS.computeIfAbsent(family, Model::load);
    // when
    Plan plan = model.plan(sentences, mode);
    // then
    int words = sentences.stream().mapToInt(List::size).sum();
    assertThat(plan.rows() + plan.droppedWords() + plan.truncatedWords()).isEqualTo(words);
    List<Integer> rows = new ArrayList<>();
    for (Batch batch : plan.batches()) {
      for (float[] vector : model.vectors(batch.words(), Aggregation.LAST)) {
        for (float value : vector) {
          assertThat(value).isFinite();
        }
      }
      Arrays.stream(batch.rows()).forEach(rows::add);
    }
    assertThat(rows).hasSize(plan.rows()).doesNotHaveDuplicates();
  }

  private static float[] alone(Model model, Subwords subwords, int word, Aggregation aggregation) {
    int shift = subwords.before().length;
    WordBatch.Word at =
        new WordBatch.Word(0, subwords.first()[word] + shift, subwords.last()[word] + shift);
    WordBatch batch = new WordBatch(new long[][] {subwords.all()}, new WordBatch.Word[] {at});
    return model.vectors(batch, aggregation)[0];
  }

  /** Sentence and word of a row. */
  private static int[] place(List<List<String>> sentences, int row) {
    int word = row;
    int sentence = 0;
    while (word >= sentences.get(sentence).size()) {
      word -= sentences.get(sentence++).size();
    }
    return new int[] {sentence, word};
  }

  @Provide
  Arbitrary<String> families() {
    return Arbitraries.of("bert", "deberta-v2", "modernbert", "mpnet", "gpt2", "llama");
  }

  @Provide
  Arbitrary<List<List<String>>> sentences() {
    return Arbitraries.of("The", "neurons", "ist", "unbelievable", "gut", "asleep", "لم", "我")
        .list()
        .ofMinSize(1)
        .ofMaxSize(120)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<List<String>>> oddSentences() {
    return Arbitraries.of(
            "the",
            "a".repeat(10_000),
            "\u06cc".repeat(70),
            "  ",
            "",
            "\u200b",
            "\ud83d",
            "a\u0000b",
            "👩\u200d🚀",
            "e\u0301",
            "é",
            "\u202eabc")
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
