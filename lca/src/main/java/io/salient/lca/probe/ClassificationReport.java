package io.salient.lca.probe;

import java.util.OptionalDouble;

/**
 * Counts a classifier's answers on some words. Measures are from 0 to 1 and empty where there is
 * nothing to measure.
 */
public final class ClassificationReport {
  private final int[] present;
  private final int[] said;
  private final int[] right;
  private int words;

  /** Of no words yet. */
  public ClassificationReport(int labels) {
    present = new int[labels];
    said = new int[labels];
    right = new int[labels];
  }

  /**
   * Adds a word.
   *
   * @param label what it is
   * @param answer what the classifier says, -1 for a label that is none of these
   */
  public void add(int label, int answer) {
    words++;
    present[label]++;
    if (answer >= 0) {
      said[answer]++;
    }
    if (label == answer) {
      right[label]++;
    }
  }

  /** Number of words. */
  public int words() {
    return words;
  }

  /** Words that are of a label. */
  public int count(int label) {
    return present[label];
  }

  /** Words of a label that the classifier says to be of it. */
  public int right(int label) {
    return right[label];
  }

  /** Words that the classifier says to be of a label. */
  public int said(int label) {
    return said[label];
  }

  /** Share of the words that are of a label. */
  public OptionalDouble share(int label) {
    return ratio(present[label], words);
  }

  /** Share of right answers. */
  public OptionalDouble accuracy() {
    int sum = 0;
    for (int count : right) {
      sum += count;
    }
    return ratio(sum, words);
  }

  /** Share of right answers among those that say a label; empty when none does. */
  public OptionalDouble precision(int label) {
    return ratio(right[label], said[label]);
  }

  /** Share of right answers among the words of a label; empty when there are none. */
  public OptionalDouble recall(int label) {
    return ratio(right[label], present[label]);
  }

  /** Harmonic mean of both; empty when the label is neither said nor present. */
  public OptionalDouble f1(int label) {
    return ratio(2.0 * right[label], (double) present[label] + said[label]);
  }

  /** Mean F1 over the labels that are present. */
  public OptionalDouble macroF1() {
    double sum = 0;
    int labels = 0;
    for (int label = 0; label < present.length; label++) {
      if (present[label] > 0) {
        sum += f1(label).orElseThrow();
        labels++;
      }
    }
    return ratio(sum, labels);
  }

  private static OptionalDouble ratio(double part, double whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }
}
