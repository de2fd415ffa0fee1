package io.salient.ranking.topology;

import io.salient.lca.drift.Judgement.Performance;
import io.salient.lca.evaluation.Proportion;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import java.util.Optional;

/** How probes do on the test words, from their reports. */
final class ProbePerformance {
  private ProbePerformance() {}

  /**
   * How often a label is right.
   *
   * @param present words that have it
   * @param right those of them that are said to have it
   * @param said words that are said to have it
   */
  private record Answers(int present, int right, int said) {
    /** From recall and precision; where neither is above 0, how often it was said is not known. */
    static Answers of(LabelReport label) {
      int present = label.getTestCount();
      int right = label.getRecall() == null ? 0 : (int) Math.round(label.getRecall() * present);
      boolean known = right > 0 && label.getPrecision() != null && label.getPrecision() > 0;
      int said = known ? (int) Math.round(right / label.getPrecision()) : right;
      return new Answers(present, right, Math.max(right, said));
    }

    static Answers ofTransfer(LabelReport label) {
      return new Answers(label.getTestCount(), label.getTransferRight(), label.getTransferSaid());
    }

    Proportion recall() {
      return new Proportion(right, present);
    }

    /**
     * Words on which both agree among those that have the label or the answer: F1 grows with it.
     */
    Proportion agreement() {
      return new Proportion(right, present + said - right);
    }
  }

  /** True when a label has words enough to count. */
  static boolean counts(ProbeReport report, int label) {
    return report.getLabels().get(label).getTrainCount() >= report.getMinLabelCount();
  }

  /** Over all labels that count in both; the others drive no verdict. */
  static Optional<Performance> ofConcept(ProbeReport before, ProbeReport after, boolean applied) {
    if (!applied) {
      return Optional.empty();
    }
    Proportion own = new Proportion(0, 0);
    Proportion transferred = new Proportion(0, 0);
    Proportion later = new Proportion(0, 0);
    for (int label = 0; label < after.getLabels().size(); label++) {
      if (counts(before, label) && counts(after, label)) {
        LabelReport is = after.getLabels().get(label);
        if (is.getTransferRight() == null) {
          return Optional.empty();
        }
        own = sum(own, Answers.of(before.getLabels().get(label)).recall());
        transferred = sum(transferred, Answers.ofTransfer(is).recall());
        later = sum(later, Answers.of(is).recall());
      }
    }
    return Optional.of(new Performance(own, transferred, later));
  }

  private static Proportion sum(Proportion a, Proportion b) {
    return new Proportion(a.part() + b.part(), a.whole() + b.whole());
  }

  /** For one label. */
  static Optional<Performance> ofLabel(LabelReport before, LabelReport after, boolean applied) {
    return applied && after.getTransferRight() != null
        ? Optional.of(
            new Performance(
                Answers.of(before).agreement(),
                Answers.ofTransfer(after).agreement(),
                Answers.of(after).agreement()))
        : Optional.empty();
  }

  /**
   * F1 of the baseline's probe, unchanged; null when it was not applied or there is no such word.
   */
  static Double transferF1(LabelReport label) {
    if (label.getTransferRight() == null) {
      return null;
    }
    double words = (double) label.getTestCount() + label.getTransferSaid();
    return words == 0 ? null : 2 * label.getTransferRight() / words;
  }
}
