package io.salient.extractor.tokenization;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.TokenizerFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint's own tokenizer, fed with words: which subwords belong to which word is never
 * guessed from the text. Every word is tokenised as it stands after a blank, see {@link
 * BlankBeforeWords}.
 */
public final class WordTokenizer implements AutoCloseable {
  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final long largestId;
  private final boolean blankBefore;

  private WordTokenizer(
      Path file, HuggingFaceTokenizer tokenizer, long largestId, boolean blankBefore) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.largestId = largestId;
    this.blankBefore = blankBefore;
  }

  /**
   * Loads a checkpoint's tokenizer; nothing else of the folder is read, nothing is downloaded.
   *
   * @throws CheckpointException when it cannot be read or is no tokenizer
   */
  public static WordTokenizer load(TokenizerFiles files) {
    return of(files.file(), TokenizerJson.read(files));
  }

  /**
   * A tokenizer from the content of a {@code tokenizer.json}.
   *
   * @param file where it is from, for messages
   */
  static WordTokenizer of(Path file, byte[] content) {
    ObjectNode json = TokenizerJson.parse(file, content);
    System.setProperty("ai.djl.offline", "true"); // else DJL dials out when it starts
    boolean blankBefore = BlankBeforeWords.require(json);
    try {
      // Nothing is cut or padded behind our back: words that do not fit are counted.
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(TokenizerJson.bytes(json)),
              Map.of("truncation", "false", "padding", "false"));
      return new WordTokenizer(file, tokenizer, TokenizerVocabulary.largestId(json), blankBefore);
    } catch (IOException | RuntimeException e) {
      throw TokenizerJson.noTokenizer(file, e.getMessage(), e);
    }
  }

  /** The largest subword id that it may ever give: the model has to embed more than that. */
  public long largestId() {
    return largestId;
  }

  /**
   * The subwords of a sentence, however many.
   *
   * @param words in their order
   * @throws CheckpointException when the tokenizer lacks the subword for what it does not know
   */
  public Subwords tokenize(List<String> words) {
    Encoding encoding = encode(words.stream().map(this::asGiven).toList());
    long[] ids = encoding.getIds();
    long[] wordOf = encoding.getWordIds();
    int begin = 0;
    while (begin < ids.length && wordOf[begin] < 0) {
      begin++;
    }
    int end = ids.length;
    while (end > begin && wordOf[end - 1] < 0) {
      end--;
    }
    int[] first = new int[words.size()];
    int[] last = new int[words.size()];
    Arrays.fill(first, -1);
    Arrays.fill(last, -1);
    for (int t = begin; t < end; t++) {
      int word = (int) wordOf[t];
      first[word] = first[word] < 0 ? t - begin : first[word];
      last[word] = t - begin;
    }
    return new Subwords(
        Arrays.copyOf(ids, begin),
        Arrays.copyOfRange(ids, begin, end),
        Arrays.copyOfRange(ids, end, ids.length),
        first,
        last);
  }

  /** The special subwords that are put around every sentence. */
  public SpecialTokens specialTokens() {
    Encoding encoding = encode(List.of("a"));
    List<String> tokens = List.of(encoding.getTokens());
    long[] wordOf = encoding.getWordIds();
    int begin = 0;
    while (begin < wordOf.length && wordOf[begin] < 0) {
      begin++;
    }
    int end = wordOf.length;
    while (end > begin && wordOf[end - 1] < 0) {
      end--;
    }
    return new SpecialTokens(tokens.subList(0, begin), tokens.subList(end, tokens.size()));
  }

  private Encoding encode(List<String> words) {
    try {
      return tokenizer.encode(words);
    } catch (RuntimeException e) { // all that the native library says
      throw TokenizerJson.noTokenizer(file, e.getMessage(), e);
    }
  }

  private String asGiven(String word) {
    String text = wellFormed(word);
    return blankBefore && !text.isEmpty() && text.charAt(0) != ' ' ? " " + text : text;
  }

  /** A lone half of a surrogate pair has no UTF-8, so it cannot reach the tokenizer as it is. */
  private static String wellFormed(String word) {
    StringBuilder text = null;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < word.length()
              && Character.isLowSurrogate(word.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        text = text == null ? new StringBuilder(word) : text;
        text.setCharAt(i, '\uFFFD');
      }
    }
    return text == null ? word : text.toString();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
