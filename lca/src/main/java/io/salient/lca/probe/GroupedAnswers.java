package io.salient.lca.probe;

import java.util.Arrays;

/**
 * How many of a probe's answers are right in each group of sentences: words of one sentence are
 * alike, so that groups, not words, are what a share of right answers varies over.
 *
 * <p>A group is a sentence, or where more than {@link #MOST} sentences have answers, as many
 * successive ones as keep their number below that. Groups depend on which words were answered only,
 * so that they are the same for every probe on the same words.
 *
 * @param sentences index of the first sentence of each group, ascending
 * @param words words of each group
 * @param right those of them that are answered rightly
 * @param majority those of them that have the label that stands first for always saying the same
 */
public record GroupedAnswers(int[] sentences, int[] words, int[] right, int[] majority) {
  /** Groups at most: limits of a ratio need no more. */
  public static final int MOST = 1_000;

  /**
   * Groups answers.
   *
   * @param sentenceStarts word index of the first word of each sentence, ascending from 0
   * @param label the label that would always be said: the commonest of the train words
   */
  public static GroupedAnswers of(Answers answers, int[] sentenceStarts, int label) {
    int[] sentences =
        Arrays.stream(answers.words()).map(word -> sentenceOf(word, sentenceStarts)).toArray();
    int[] distinct = Arrays.stream(sentences).distinct().toArray();
    int size = Math.max(1, (distinct.length + MOST - 1) / MOST);
    int groups = (distinct.length + size - 1) / size;
    int[] first = new int[groups];
    Arrays.setAll(first, group -> distinct[group * size]);
    int[] words = new int[groups];
    int[] right = new int[groups];
    int[] majority = new int[groups];
    for (int i = 0; i < sentences.length; i++) {
      int group = Arrays.binarySearch(distinct, sentences[i]) / size;
      words[group]++;
      right[group] += answers.labels()[i] == answers.said()[i] ? 1 : 0;
      majority[group] += answers.labels()[i] == label ? 1 : 0;
    }
    return new GroupedAnswers(first, words, right, majority);
  }

  /** The group of a word that was answered. */
  int groupOf(int word, int[] sentenceStarts) {
    int found = Arrays.binarySearch(sentences, sentenceOf(word, sentenceStarts));
    return found < 0 ? -found - 2 : found;
  }

  /** The last sentence that starts at the word or before it. */
  private static int sentenceOf(int word, int[] starts) {
    int found = Arrays.binarySearch(starts, word);
    if (found < 0) {
      return -found - 2;
    }
    while (found + 1 < starts.length && starts[found + 1] == word) {
      found++; // a sentence without words starts where the next one does
    }
    return found;
  }
}
