package io.salient.lca.probe;

import io.salient.lca.SentenceGroups;
import java.util.Arrays;
import java.util.List;

/**
 * A probe's answers that concern single labels, by group of sentences: what F1 of a label varies
 * over. The groups are those of {@link GroupedAnswers}; where there are many labels, as many
 * successive ones are taken as one as keep labels times groups at {@link #MOST} at most.
 *
 * @param groupSize groups that are taken as one, at least 1
 * @param labels in the order asked for
 */
public record AnswersByLabel(int groupSize, List<OfLabel> labels) {
  /** Labels times groups at most: what is published stays small. */
  public static final int MOST = 10_000;

  /**
   * One label.
   *
   * @param label its index
   * @param present words of each group that have it
   * @param right those of them that are said to have it
   * @param said words that are said to have it
   */
  public record OfLabel(int label, int[] present, int[] right, int[] said) {}

  /** Keeps a copy of the list. */
  public AnswersByLabel {
    labels = List.copyOf(labels);
  }

  /**
   * Counts.
   *
   * @param sentences of the corpus, in groups
   * @param labels indices of those that are counted
   */
  public static AnswersByLabel of(Answers answers, SentenceGroups sentences, int[] labels) {
    int[] each = GroupedAnswers.groupOfEach(answers, sentences);
    int groups = Arrays.stream(each).max().orElse(-1) + 1;
    int size = groupSize(groups, labels.length);
    int[] group = Arrays.stream(each).map(of -> of / size).toArray();
    int count = Math.ceilDiv(groups, size);
    return new AnswersByLabel(
        size,
        Arrays.stream(labels).mapToObj(label -> ofLabel(label, answers, group, count)).toList());
  }

  private static int groupSize(int groups, int labels) {
    int most = Math.max(1, MOST / Math.max(1, labels));
    return Math.max(1, Math.ceilDiv(groups, most));
  }

  private static OfLabel ofLabel(int label, Answers answers, int[] group, int groups) {
    OfLabel counts = new OfLabel(label, new int[groups], new int[groups], new int[groups]);
    for (int i = 0; i < group.length; i++) {
      boolean present = answers.labels()[i] == label;
      boolean said = answers.said()[i] == label;
      counts.present[group[i]] += present ? 1 : 0;
      counts.right[group[i]] += present && said ? 1 : 0;
      counts.said[group[i]] += said ? 1 : 0;
    }
    return counts;
  }
}
