package io.salient.extractor.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.SharedInput;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.TokenizerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordTokenizerTest {
  @TempDir Path folder;
  private WordTokenizer tokenizer;

  @BeforeEach
  void load() {
    tokenizer = load(LetterTokenizer.write(folder.resolve("tokenizer.json")));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void shouldKnowFirstAndLastSubwordOfEachWord() {
    // given, when: a file that asks for truncation and padding, which are not wanted
    Subwords sentence = tokenize("abc", "a-b", "[SEP]", "a b");
    // then
    assertThat(sentence.all())
        .containsExactly(
            ids("[CLS]", "a", "##b", "##c", "a", "-", "b", "[SEP]", "a", "b", "[SEP]"));
    assertThat(sentence.first()).containsExactly(0, 3, 6, 7);
    assertThat(sentence.last()).containsExactly(2, 5, 6, 8);
    assertThat(sentence.before()).containsExactly(LetterTokenizer.CLS);
    assertThat(sentence.after()).containsExactly(LetterTokenizer.SEP);
  }

  @Test
  void shouldKnowWordsWithoutSubwords() {
    // given: I13 and I14, empty, only spaces, NUL, zero width, half of a surrogate pair
    // when
    Subwords sentence = tokenize("a", "", "  ", "\0", "\u200b", "\uD83D", "\uDE00", "b\uD83D", "b");
    // then: the bad half alone is lost, what is beside it is not
    assertThat(sentence.all()).containsExactly(ids("[CLS]", "a", "b", "b", "[SEP]"));
    assertThat(sentence.first()).containsExactly(0, -1, -1, -1, -1, -1, -1, 1, 2);
    assertThat(sentence.last()).containsExactly(0, -1, -1, -1, -1, -1, -1, 1, 2);
  }

  @Test
  void shouldDefineOddWords() {
    // given: I13, 10,000 characters, emoji, right to left, composed and decomposed
    // when
    Subwords sentence = tokenize("a".repeat(10_000), "😀", "אא", "\u00e9", "e\u0301", "a\0b");
    // then
    assertThat(sentence.all())
        .containsExactly(
            ids("[CLS]", "[UNK]", "😀", "א", "##א", "é", "[UNK]", "a", "##b", "[SEP]"));
    assertThat(sentence.first()).containsExactly(0, 1, 2, 4, 5, 6);
  }

  @Test
  void shouldTokenizeNothing() {
    assertThat(tokenize().all()).containsExactly(ids("[CLS]", "[SEP]"));
    assertThat(tokenize().words()).isZero();
  }

  @Test
  void shouldNameTheSpecialSubwordsAroundEverySentence() {
    assertThat(tokenizer.specialTokens())
        .isEqualTo(new SpecialTokens(List.of("[CLS]"), List.of("[SEP]")));
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
      assertThatThrownBy(() -> load(file).close())
          .isInstanceOfSatisfying(
              CheckpointException.class, e -> assertThat(e.code()).isEqualTo("tokenizer.invalid"))
          .hasMessageContaining("bad.json is no tokenizer");
    }
    TokenizerFiles gone =
        new TokenizerFiles(folder.resolve("none"), "bert", TokenizerFiles.Kind.JSON);
    assertThatThrownBy(() -> WordTokenizer.load(gone).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tokenizer.json cannot be read");
  }

  @Test
  void shouldNameATokenizerThatDoesNotKnowTheUnknown() throws IOException {
    // given: its vocabulary was cut
    Path file = folder.resolve("cut.json");
    String whole = Files.readString(LetterTokenizer.write(file));
    Files.writeString(file, whole.replace("\"[UNK]\":0,", ""));
    // when, then
    try (WordTokenizer cut = load(file)) {
      assertThatThrownBy(() -> cut.tokenize(List.of("a", "€")))
          .isInstanceOfSatisfying(
              CheckpointException.class, e -> assertThat(e.code()).isEqualTo("tokenizer.invalid"))
          .hasMessageContainingAll(file.toString(), "UNK");
    }
  }

  @Test
  void shouldGiveTheIdsThatTransformersGave() throws IOException {
    // given
    Path run = SharedInput.path("runs/bert-genre");
    JsonNode golden =
        new ObjectMapper().readTree(run.resolve("golden_hidden_states.json").toFile());
    Path file = run.resolve(golden.get("checkpoint").asText()).resolve("tokenizer.json");
    int compared = 0;
    try (WordTokenizer real = load(file)) {
      for (JsonNode expected : golden.get("sentences")) {
        List<String> words = new ArrayList<>();
        expected.get("words").forEach(word -> words.add(word.asText()));
        // when
        Subwords sentence = real.tokenize(words);
        // then
        long[] ids = new long[expected.get("ids").size()];
        Arrays.setAll(ids, i -> expected.get("ids").get(i).asLong());
        assertThat(sentence.all()).containsExactly(ids);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  private static WordTokenizer load(Path file) {
    try {
      return WordTokenizer.of(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Subwords tokenize(String... words) {
    return tokenizer.tokenize(List.of(words));
  }

  private static long[] ids(String... subwords) {
    return Arrays.stream(subwords).mapToLong(LetterTokenizer::id).toArray();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
