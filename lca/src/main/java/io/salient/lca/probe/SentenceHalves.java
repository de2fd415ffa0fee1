package io.salient.lca.probe;

import java.util.Arrays;

/**
 * Random halves of a corpus, by sentence: split number s puts every sentence into its first or
 * second half by a hash of the sentence's position and of s. The same for every checkpoint and
 * every run on the corpus, independent between splits, and independent of {@link
 * io.salient.lca.Split}.
 */
public final class SentenceHalves {
  private final int[] sentences;

  private SentenceHalves(int[] sentences) {
    this.sentences = sentences;
  }

  /**
   * The sentences of a corpus.
   *
   * @param sentenceStarts word index of the first word of each sentence, ascending from 0
   * @param words number of words of the corpus
   */
  public static SentenceHalves of(int[] sentenceStarts, int words) {
    int[] sentences = new int[words];
    for (int sentence = 0; sentence < sentenceStarts.length; sentence++) {
      int to = sentence + 1 < sentenceStarts.length ? sentenceStarts[sentence + 1] : words;
      Arrays.fill(sentences, sentenceStarts[sentence], to, sentence);
    }
    return new SentenceHalves(sentences);
  }

  /** Number of words. */
  public int words() {
    return sentences.length;
  }

  /** True when a word is in the first half of a split. */
  public boolean isFirst(int word, int split) {
    return mix(mix(sentences[word]) + 31L * (split + 1)) < 0;
  }

  /** How many sentences some words of one half are in. */
  public int sentences(int[] words, int split, boolean first) {
    return (int)
        Arrays.stream(words)
            .filter(word -> isFirst(word, split) == first)
            .map(word -> sentences[word])
            .distinct()
            .count();
  }

  /** Output function of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
  private static long mix(long position) {
    long z = (position + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
