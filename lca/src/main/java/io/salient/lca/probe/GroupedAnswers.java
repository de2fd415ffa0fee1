package io.salient.lca.probe;

import io.salient.lca.SentenceGroups;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many of a probe's answers are right in each group of sentences: words of one document, or of
 * one sentence, are alike, so that groups, not words, are what a share of right answers varies
 * over.
 *
 * <p>A group is one of {@link SentenceGroups}, or where more than {@link #MOST} of these have
 * answers, as many successive ones as keep their number below that. They stand in the order of
 * their first answered sentences. Groups depend on which words were answered only, so that they are
 * the same for every probe on the same words.
 *
 * @param sentences index of the first answered sentence of each group, ascending
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
   * @param sentences of the corpus, in groups
   * @param label the label that would always be said: the commonest of the train words
   */
  public static GroupedAnswers of(Answers answers, SentenceGroups sentences, int label) {
    int[] of = groupOfEach(answers, sentences);
    int groups = Arrays.stream(of).max().orElse(-1) + 1;
    int[] first = new int[groups];
    Arrays.fill(first, -1);
    int[] words = new int[groups];
    int[] right = new int[groups];
    int[] majority = new int[groups];
    for (int i = 0; i < of.length; i++) {
      int group = of[i];
      first[group] = first[group] < 0 ? sentences.sentenceOf(answers.words()[i]) : first[group];
      words[group]++;
      right[group] += answers.labels()[i] == answers.said()[i] ? 1 : 0;
      majority[group] += answers.labels()[i] == label ? 1 : 0;
    }
    return new GroupedAnswers(first, words, right, majority);
  }

  /** The group of each answer. */
  static int[] groupOfEach(Answers answers, SentenceGroups sentences) {
    int[] keys =
        Arrays.stream(answers.words())
            .map(word -> sentences.key(sentences.sentenceOf(word)))
            .toArray();
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (int key : keys) {
      numbers.putIfAbsent(key, numbers.size());
    }
    int size = Math.max(1, Math.ceilDiv(numbers.size(), MOST));
    return Arrays.stream(keys).map(key -> numbers.get(key) / size).toArray();
  }
}
