package io.salient.lca.probe;

import io.salient.lca.SentenceGroups;
import io.salient.lca.SplitMix;
import java.util.Arrays;

/**
 * Random halves of a corpus, by groups of sentences: split number s puts every group into its first
 * or second half by a hash of the group's key and of s. The same for every checkpoint and every run
 * on the corpus, independent between splits, and independent of {@link io.salient.lca.Split}.
 */
public final class SentenceHalves {
  private final SentenceGroups groups;
  private final int[] sentences;

  private SentenceHalves(SentenceGroups groups, int[] sentences) {
    this.groups = groups;
    this.sentences = sentences;
  }

  /** The sentences of a corpus. */
  public static SentenceHalves of(SentenceGroups groups) {
    int[] sentences = new int[groups.words()];
    for (int sentence = 0; sentence < groups.sentences(); sentence++) {
      Arrays.fill(sentences, groups.start(sentence), groups.end(sentence), sentence);
    }
    return new SentenceHalves(groups, sentences);
  }

  /** Number of words. */
  public int words() {
    return sentences.length;
  }

  /** True when a word is in the first half of a split. */
  public boolean isFirst(int word, int split) {
    long group = SplitMix.at(groups.key(sentences[word]));
    return SplitMix.at(group + 31L * (split + 1)) < 0;
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
}
