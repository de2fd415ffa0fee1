package io.salient.extractor.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.SharedInput;
import io.salient.extractor.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordTokenizerTest {
  private static final int ANY_LENGTH = 1 << 20;

  @TempDir Path folder;
  private WordTokenizer tokenizer;

  @BeforeEach
  void load() {
    tokenizer = WordTokenizer.load(LetterTokenizer.write(folder.resolve("tokenizer.json")));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void shouldKnowFirstAndLastSubwordOfEachWord() {
    // given, when: a file that asks for truncation and padding, which are not wanted
    TokenizedSentence sentence = tokenize("abc", "a-b", "[SEP]", "a b");
    // then
    assertThat(sentence.ids())
        .containsExactly(
            ids("[CLS]", "a", "##b", "##c", "a", "-", "b", "[SEP]", "a", "b", "[SEP]"));
    assertThat(sentence.first()).containsExactly(1, 4, 7, 8);
    assertThat(sentence.last()).containsExactly(3, 6, 7, 9);
    assertThat(sentence.rows()).isEqualTo(4);
  }

  @Test
  void shouldDropAndCountWordsWithoutSubwords() {
    // given: I13 and I14, empty, only spaces, NUL, zero width, half of a surrogate pair
    // when
    TokenizedSentence sentence =
        tokenize("a", "", "  ", "\0", "\u200b", "\uD83D", "\uDE00", "b\uD83D", "b");
    // then: the bad half alone is lost, what is beside it is not
    assertThat(sentence.ids()).containsExactly(ids("[CLS]", "a", "b", "b", "[SEP]"));
    assertThat(sentence.first()).containsExactly(1, -1, -1, -1, -1, -1, -1, 2, 3);
    assertThat(sentence.last()).containsExactly(1, -1, -1, -1, -1, -1, -1, 2, 3);
    assertThat(sentence.droppedWords()).isEqualTo(6);
    assertThat(sentence.truncatedWords()).isZero();
  }

  @Test
  void shouldDefineOddWords() {
    // given: I13, 10,000 characters, emoji, right to left, composed and decomposed
    // when
    TokenizedSentence sentence =
        tokenize("a".repeat(10_000), "😀", "אא", "\u00e9", "e\u0301", "a\0b");
    // then
    assertThat(sentence.ids())
        .containsExactly(
            ids("[CLS]", "[UNK]", "😀", "א", "##א", "é", "[UNK]", "a", "##b", "[SEP]"));
    assertThat(sentence.rows()).isEqualTo(6);
  }

  @Test
  void shouldCutAtAWordAndKeepTheSpecialSubwords() {
    // given: I13, above the position limit
    List<String> words = List.of("ab", "cd", "e", "f");
    // when, then: no word is halved, nothing after the first that does not fit is taken
    for (int limit = 0; limit <= 8; limit++) {
      TokenizedSentence sentence = tokenizer.tokenize(words, limit);
      int fitting = limit < 4 ? 0 : limit < 6 ? 1 : limit < 7 ? 2 : limit < 8 ? 3 : 4;
      assertThat(sentence.fitting()).isEqualTo(fitting);
      assertThat(sentence.truncatedWords()).isEqualTo(4 - fitting);
      assertThat(sentence.droppedWords()).isZero();
      assertThat(sentence.ids()).startsWith(LetterTokenizer.CLS).endsWith(LetterTokenizer.SEP);
      assertThat(sentence.ids().length).isLessThanOrEqualTo(Math.max(limit, 2));
    }
    assertThat(tokenizer.tokenize(words, 5).ids())
        .containsExactly(ids("[CLS]", "a", "##b", "[SEP]"));
  }

  @Test
  void shouldTokenizeNothing() {
    assertThat(tokenize().ids()).containsExactly(ids("[CLS]", "[SEP]"));
    assertThat(tokenize().rows()).isZero();
  }

  @Test
  void shouldGiveEachRandomWordTheSubwordsItHasAlone() {
    // given: BERT's tokenizer looks at no context
    for (long seed = 0; seed < 300; seed++) {
      List<String> words = randomWords(new Random(seed));
      // when
      TokenizedSentence sentence = tokenizer.tokenize(words, ANY_LENGTH);
      // then: contiguous, in order, without a gap between the special ones
      int next = 1;
      for (int word = 0; word < words.size(); word++) {
        long[] alone = tokenizer.tokenize(List.of(words.get(word)), ANY_LENGTH).ids();
        long[] inside = Arrays.copyOfRange(alone, 1, alone.length - 1);
        if (inside.length == 0) {
          assertThat(sentence.first()[word]).as("seed %d word %d", seed, word).isEqualTo(-1);
          assertThat(sentence.last()[word]).isEqualTo(-1);
          continue;
        }
        assertThat(sentence.first()[word]).as("seed %d word %d", seed, word).isEqualTo(next);
        assertThat(sentence.last()[word]).isEqualTo(next + inside.length - 1);
        assertThat(Arrays.copyOfRange(sentence.ids(), next, next + inside.length))
            .containsExactly(inside);
        next += inside.length;
      }
      assertThat(sentence.ids()).hasSize(next + 1);
      assertThat(sentence.rows() + sentence.droppedWords()).isEqualTo(words.size());
    }
  }

  @Test
  void shouldKnowTheLargestIdOfEveryKindOfVocabulary() throws IOException {
    // I12
    assertThat(tokenizer.largestId()).isEqualTo(LetterTokenizer.size() - 1L);
    assertThat(TokenizerVocabulary.largestId(json("{\"model\":{\"vocab\":{\"a\":7,\"b\":3}}}")))
        .isEqualTo(7);
    assertThat(
            TokenizerVocabulary.largestId(json("{\"model\":{\"vocab\":[[\"a\",-1.5],[\"b\",0]]}}")))
        .isEqualTo(1);
    assertThat(
            TokenizerVocabulary.largestId(
                json("{\"model\":{\"vocab\":{\"a\":7}},\"added_tokens\":[{\"id\":9}]}")))
        .isEqualTo(9);
  }

  @Test
  void shouldNameTheFileThatIsNoTokenizer() throws IOException {
    for (String content : List.of("", "{}", "no", "[1]", "{\"model\":{\"type\":\"Foo\"}}")) {
      // given
      Path file = Files.writeString(folder.resolve("bad.json"), content);
      // when, then
      assertThatThrownBy(() -> WordTokenizer.load(file).close())
          .isInstanceOfSatisfying(
              CheckpointException.class, e -> assertThat(e.code()).isEqualTo("tokenizer.invalid"))
          .hasMessageContaining("bad.json is no tokenizer");
    }
    assertThatThrownBy(() -> WordTokenizer.load(folder.resolve("gone.json")).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("gone.json cannot be read");
  }

  @Test
  void shouldGiveTheIdsThatTransformersGave() throws IOException {
    // given
    Path run = SharedInput.path("runs/bert-genre");
    JsonNode golden =
        new ObjectMapper().readTree(run.resolve("golden_hidden_states.json").toFile());
    Path file = run.resolve(golden.get("checkpoint").asText()).resolve("tokenizer.json");
    int compared = 0;
    try (WordTokenizer real = WordTokenizer.load(file)) {
      for (JsonNode expected : golden.get("sentences")) {
        List<String> words = new ArrayList<>();
        expected.get("words").forEach(word -> words.add(word.asText()));
        // when
        TokenizedSentence sentence = real.tokenize(words, 128);
        // then
        long[] ids = new long[expected.get("ids").size()];
        Arrays.setAll(ids, i -> expected.get("ids").get(i).asLong());
        assertThat(sentence.ids()).containsExactly(ids);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  private TokenizedSentence tokenize(String... words) {
    return tokenizer.tokenize(List.of(words), ANY_LENGTH);
  }

  private static long[] ids(String... subwords) {
    return Arrays.stream(subwords).mapToLong(LetterTokenizer::id).toArray();
  }

  private static byte[] json(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static List<String> randomWords(Random random) {
    List<String> words = new ArrayList<>();
    for (int word = random.nextInt(12); word >= 0; word--) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(9); i > 0; i--) {
        switch (random.nextInt(4)) {
          case 0 -> text.append((char) random.nextInt(0x10000)); // halves of pairs, NUL, controls
          case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
          default -> text.append((char) ('a' + random.nextInt(26)));
        }
      }
      words.add(text.toString());
    }
    return words;
  }
}
