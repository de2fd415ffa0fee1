package io.salient.extractor.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * I13 and I14: words of any script become subwords exactly, by tokenizers of every kind. A word of
 * a list is tokenised for itself, so that what stands beside it can never change or take its
 * subwords.
 */
class WordSubwordsTest {
  private static final Map<String, WordTokenizer> TOKENIZERS = new HashMap<>();

  @BeforeContainer
  static void load() throws IOException {
    Path file = LetterTokenizer.write(Files.createTempFile("letters", ".json"));
    TOKENIZERS.put("wordpiece", SomeTokenizers.load(Files.readString(file)));
    Files.delete(file);
    TOKENIZERS.put("bytes", SomeTokenizers.load(SomeTokenizers.byteLevel()));
    TOKENIZERS.put("split bytes", SomeTokenizers.load(SomeTokenizers.splitByteLevel()));
    TOKENIZERS.put("letters", LettersOfManyScripts.load());
    TOKENIZERS.put("unigram", SomeTokenizers.load(SomeTokenizers.unigram()));
    TOKENIZERS.put("unigram bytes", SomeTokenizers.load(SomeTokenizers.unigramBytes()));
    TOKENIZERS.put("replaced", SomeTokenizers.load(SomeTokenizers.replaced()));
    TOKENIZERS.put("prepended", SomeTokenizers.load(SomeTokenizers.prepended()));
    TOKENIZERS.put("first", SomeTokenizers.load(SomeTokenizers.first()));
    for (Path trained : trained()) {
      TOKENIZERS.put(
          trained.getParent().getFileName().toString(),
          SomeTokenizers.load(Files.readString(trained)));
    }
  }

  /** Those of the families' fixtures, each as the library trains it. */
  private static List<Path> trained() throws IOException {
    Path families;
    try {
      families = Path.of(WordSubwordsTest.class.getResource("/families").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    try (Stream<Path> folders = Files.list(families)) {
      return folders.map(folder -> folder.resolve("tokenizer.json")).toList();
    }
  }

  @AfterContainer
  static void close() {
    TOKENIZERS.values().forEach(WordTokenizer::close);
    TOKENIZERS.clear();
  }

  @Property(tries = 1500)
  void shouldGiveEverySubwordToExactlyOneWordInOrder(
      @ForAll("kinds") String kind, @ForAll("sentences") List<String> words) {
    // when
    Subwords subwords = TOKENIZERS.get(kind).tokenize(words);
    // then
    assertThat(subwords.words()).isEqualTo(words.size());
    int next = 0;
    for (int word = 0; word < words.size(); word++) {
      if (subwords.has(word)) {
        assertThat(subwords.first()[word]).isEqualTo(next);
        next = subwords.last()[word] + 1;
        assertThat(next).isGreaterThan(subwords.first()[word]);
      } else {
        assertThat(subwords.last()[word]).isEqualTo(-1);
      }
    }
    assertThat(subwords.ids()).hasSize(next);
  }

  @Property(tries = 1500)
  void shouldGiveAWordTheSameSubwordsWhateverStandsBesideIt(
      @ForAll("kinds") String kind, @ForAll("sentences") List<String> words) {
    // given
    WordTokenizer tokenizer = TOKENIZERS.get(kind);
    // when
    Subwords subwords = tokenizer.tokenize(words);
    // then
    for (int word = 0; word < words.size(); word++) {
      long[] alone = tokenizer.tokenize(List.of(words.get(word))).ids();
      int first = subwords.first()[word];
      long[] inside =
          first < 0
              ? new long[0]
              : Arrays.copyOfRange(subwords.ids(), first, subwords.last()[word] + 1);
      assertThat(inside).as("%s", words.get(word)).containsExactly(alone);
    }
  }

  @Property(tries = 400)
  void shouldLoseNoByteOfAWord(
      @ForAll("byteKinds") String kind, @ForAll("sentences") List<String> words) {
    // when
    Subwords subwords = TOKENIZERS.get(kind).tokenize(words);
    // then: the blank before a word is its own, and nothing else is added
    for (int word = 0; word < words.size(); word++) {
      byte[] bytes =
          subwords.has(word)
              ? bytes(subwords.ids(), subwords.first()[word], subwords.last()[word])
              : new byte[0];
      assertThat(bytes).isEqualTo(given(words.get(word)).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Property(tries = 400)
  void shouldLoseNoByteOfAWordThatFallsToBytes(
      @ForAll("fallbackKinds") String kind, @ForAll("sentences") List<String> words) {
    // when
    Subwords subwords = TOKENIZERS.get(kind).tokenize(words);
    // then
    for (int word = 0; word < words.size(); word++) {
      byte[] bytes =
          subwords.has(word)
              ? fallenBytes(subwords.ids(), subwords.first()[word], subwords.last()[word])
              : new byte[0];
      assertThat(new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(marked(kind, words.get(word)));
    }
  }

  @Property(tries = 400)
  void shouldLoseNoLetterOfAWordThatWordPieceKnows(@ForAll("sentences") List<String> words) {
    // when
    Subwords subwords = TOKENIZERS.get("letters").tokenize(words);
    // then
    for (int word = 0; word < words.size(); word++) {
      String text = words.get(word);
      if (LettersOfManyScripts.knows(text) && !text.equals("[SEP]")) {
        long[] ids = subwords.has(word) ? of(subwords, word) : new long[0];
        assertThat(LettersOfManyScripts.text(ids)).isEqualTo(LettersOfManyScripts.cleaned(text));
      }
    }
  }

  private static long[] of(Subwords subwords, int word) {
    return Arrays.copyOfRange(subwords.ids(), subwords.first()[word], subwords.last()[word] + 1);
  }

  /** A word with the mark in front that stands for the blank before it. */
  private static String marked(String kind, String word) {
    String text = wellFormed(word).replace(' ', '\u2581');
    boolean alone =
        switch (kind) {
          case "replaced" -> word.startsWith(" ");
          case "first", "unigram bytes" -> text.startsWith("\u2581");
          default -> false;
        };
    // Unigram's pieces include the bytes, by name: what is written like one is read as one.
    String read = kind.equals("unigram bytes") ? text.replace("<0x41>", "A") : text;
    return text.isEmpty() || alone ? read : "\u2581" + read;
  }

  private static byte[] fallenBytes(long[] ids, int first, int last) {
    List<String> pieces = new ArrayList<>(SomeTokenizers.fallback());
    pieces.addAll(List.of("\u2581t", "he", "en"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = first; i <= last; i++) {
      bytes.writeBytes(
          ids[i] <= 256
              ? new byte[] {(byte) (ids[i] - 1)}
              : pieces.get((int) ids[i]).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String wellFormed(String word) {
    return new String(word.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
  }

  /** A word as it is to be read: after a blank, a half of a surrogate pair replaced. */
  private static String given(String word) {
    String text = wellFormed(word);
    return text.isEmpty() || text.startsWith(" ") ? text : " " + text;
  }

  private static byte[] bytes(long[] ids, int first, int last) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = first; i <= last; i++) {
      // The ids beyond the bytes are the merges of SomeTokenizers.
      String text =
          ids[i] < 256
              ? null
              : List.of(" t", "he", " the", "in").size() > ids[i] - 256
                  ? List.of(" t", "he", " the", "in").get((int) ids[i] - 256)
                  : "\u0627";
      bytes.writeBytes(
          text == null ? new byte[] {(byte) ids[i]} : text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Provide
  Arbitrary<String> kinds() {
    return Arbitraries.of(TOKENIZERS.keySet().stream().sorted().toList());
  }

  @Provide
  Arbitrary<String> fallbackKinds() {
    return Arbitraries.of("replaced", "prepended", "first", "unigram bytes");
  }

  @Provide
  Arbitrary<String> byteKinds() {
    return Arbitraries.of("bytes", "split bytes");
  }

  @Provide
  Arbitrary<List<String>> sentences() {
    return words().list().ofMaxSize(12);
  }

  private static Arbitrary<String> words() {
    Arbitrary<String> latin = Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(12);
    Arbitrary<String> german =
        Arbitraries.of("Donau", "dampf", "schiff", "fahrts", "gesellschaft", "ö", "ß", "-")
            .list()
            .ofMinSize(1)
            .ofMaxSize(8)
            .map(parts -> String.join("", parts));
    Arbitrary<String> arabic =
        Arbitraries.strings().withCharRange('\u0620', '\u065f').ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> chinese =
        Arbitraries.strings().withCharRange('\u4e00', '\u9fff').ofMinLength(1).ofMaxLength(6);
    Arbitrary<String> emoji =
        Arbitraries.of("😀", "👨\u200d👩\u200d👧", "🇩🇪", "👍🏽", "❤\ufe0f", "\u200d", "x😀y");
    Arbitrary<String> marks =
        Arbitraries.of("e\u0301", "\u0301", "Z\u0351\u036b\u0343", "क्षि", "한", "ﬁ", "Å")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    Arbitrary<String> decomposed = marks.map(w -> Normalizer.normalize(w, Normalizer.Form.NFD));
    Arbitrary<String> odd =
        Arbitraries.of(
            "\u200b",
            "\u200f",
            "\u202e" + "abc",
            "\ufeff",
            "\u00ad",
            "\u0000",
            "a\u0000b",
            "\ud83d",
            "\ude00",
            "b\ud83d",
            "\ud83d\ud83d\ude00",
            "the",
            "don't",
            "12345",
            "  ",
            "\u3000",
            "\u2028",
            "[SEP]",
            "</s>",
            "<0x41>",
            "\u2581the");
    Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(6);
    return Arbitraries.oneOf(
        latin, german, arabic, chinese, emoji, marks, decomposed, odd, anything);
  }
}
