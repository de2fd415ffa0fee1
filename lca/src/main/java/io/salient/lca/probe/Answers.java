package io.salient.lca.probe;

/**
 * What a probe says of labelled words, word by word.
 *
 * @param words corpus word indices, ascending
 * @param labels what each is
 * @param said what the probe says it is; -1 for a label that is none of the concept's
 */
public record Answers(int[] words, int[] labels, int[] said) {
  /** Of no words. */
  public static final Answers NONE = new Answers(new int[0], new int[0], new int[0]);

  /** Checks that there is one of each per word. */
  public Answers {
    if (labels.length != words.length || said.length != words.length) {
      throw new IllegalArgumentException(
          "%d words, %d labels, %d answers".formatted(words.length, labels.length, said.length));
    }
  }

  /** The same as counts, of so many labels. */
  public ClassificationReport report(int labelCount) {
    ClassificationReport report = new ClassificationReport(labelCount);
    for (int i = 0; i < words.length; i++) {
      report.add(labels[i], said[i]);
    }
    return report;
  }
}
