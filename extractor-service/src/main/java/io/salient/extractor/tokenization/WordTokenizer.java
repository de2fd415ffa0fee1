package io.salient.extractor.tokenization;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.salient.extractor.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint's own tokenizer, fed with words: which subwords belong to which word is never
 * guessed from the text.
 */
public final class WordTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final long largestId;

  private WordTokenizer(HuggingFaceTokenizer tokenizer, long largestId) {
    this.tokenizer = tokenizer;
    this.largestId = largestId;
  }

  /**
   * Loads a {@code tokenizer.json}; nothing else of the folder is read, nothing is downloaded.
   *
   * @throws CheckpointException when it cannot be read or is no tokenizer
   */
  public static WordTokenizer load(Path file) {
    return of(file, read(file));
  }

  /** The content of a {@code tokenizer.json}. */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CheckpointException(
          "tokenizer.unreadable", file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A tokenizer from the content of its file.
   *
   * @param file where the content is from, for messages
   */
  static WordTokenizer of(Path file, byte[] content) {
    System.setProperty("ai.djl.offline", "true"); // else DJL dials out when it starts
    try {
      // Nothing is cut or padded behind our back: words that do not fit are counted.
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(content), Map.of("truncation", "false", "padding", "false"));
      return new WordTokenizer(tokenizer, TokenizerVocabulary.largestId(content));
    } catch (IOException | RuntimeException e) {
      throw new CheckpointException(
          "tokenizer.invalid", file + " is no tokenizer: " + e.getMessage(), e);
    }
  }

  /** The largest subword id that it may ever give: the model has to embed more than that. */
  public long largestId() {
    return largestId;
  }

  /**
   * Subwords of a sentence.
   *
   * @param words in their order
   * @param maxTokens subwords that the model takes, special ones included; what is over is cut at a
   *     word boundary
   */
  public TokenizedSentence tokenize(List<String> words, int maxTokens) {
    Encoding encoding = tokenizer.encode(words.stream().map(WordTokenizer::wellFormed).toList());
    long[] ids = encoding.getIds();
    long[] wordOf = encoding.getWordIds();
    int specials = 0;
    for (long word : wordOf) {
      specials += word < 0 ? 1 : 0;
    }
    int fitting = fittingWords(wordOf, words.size(), maxTokens - specials);
    return cut(ids, wordOf, words.size(), fitting);
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

  /** How many words, from the first on, have all their subwords within the limit. */
  private static int fittingWords(long[] wordOf, int words, int limit) {
    int[] count = new int[words];
    for (long word : wordOf) {
      if (word >= 0) {
        count[(int) word]++;
      }
    }
    int tokens = 0;
    for (int word = 0; word < words; word++) {
      tokens += count[word];
      if (tokens > limit) {
        return word;
      }
    }
    return words;
  }

  private static TokenizedSentence cut(long[] ids, long[] wordOf, int words, int fitting) {
    List<Long> kept = new ArrayList<>();
    int[] first = new int[words];
    int[] last = new int[words];
    Arrays.fill(first, -1);
    Arrays.fill(last, -1);
    for (int t = 0; t < ids.length; t++) {
      int word = (int) wordOf[t];
      if (word >= fitting) {
        continue;
      }
      if (word >= 0) {
        first[word] = first[word] < 0 ? kept.size() : first[word];
        last[word] = kept.size();
      }
      kept.add(ids[t]);
    }
    return new TokenizedSentence(
        kept.stream().mapToLong(Long::longValue).toArray(), first, last, fitting);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
