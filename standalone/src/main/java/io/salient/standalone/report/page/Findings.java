package io.salient.standalone.report.page;

import io.salient.lca.ranking.RankingMethod;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Ablation;
import io.salient.ranking.view.EvaluationViews.MinimalSet;
import io.salient.ranking.view.EvaluationViews.Selectivity;
import io.salient.ranking.view.JudgementView.Displacement;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The paper's findings beside a run: what it reported, what is here, and whether that agrees. The
 * thresholds are the paper's figures (Durrani, Dalvi, Sajjad, JMLR 24, 2023).
 */
final class Findings {
  /** The largest minimal set that the paper found, as a share of all neurons (chunking). */
  private static final double SMALL = 0.1;

  /** What a retrained random set lost in the paper, at most. */
  private static final double REDUNDANT = 0.03;

  private Findings() {}

  /**
   * One finding at one step.
   *
   * @param here in numbers
   * @param seen whether it agrees; empty when it cannot be told
   */
  private record Finding(String here, Optional<Boolean> seen) {
    static Finding of(String here, boolean seen) {
      return new Finding(here, Optional.of(seen));
    }

    static Finding unknown() {
      return new Finding("not measured", Optional.empty());
    }

    String agrees() {
      return seen.map(yes -> yes ? "✓ seen" : "✕ not seen").orElse(Numbers.NONE);
    }
  }

  /**
   * What findings are read from that depend on what ranks.
   *
   * @param concept by the paper's own rule, lca, where that is known
   * @param said which rule it is, where it is another than the page's
   */
  private record ByRule(ConceptResults concept, String said) {
    static ByRule of(ConceptResults concept, Optional<ConceptResults> byPaper) {
      return isPapers(concept) || byPaper.isEmpty()
          ? new ByRule(concept, "")
          : new ByRule(byPaper.get(), "by the paper's rule (lca): ");
    }

    StepView step() {
      return concept.last();
    }

    Finding of(String here, boolean seen) {
      return Finding.of(said + here, seen);
    }

    private static boolean isPapers(ConceptResults concept) {
      return RankingMethod.of(concept.last().probe().method()) == RankingMethod.LCA;
    }

    private String note() {
      return isPapers(concept)
          ? ""
          : " How few neurons suffice, what random ones lose and where they moved depend on what"
              + " ranks: here "
              + step().probe().method()
              + ". By the paper's rule they are shown with --lca-run.";
    }
  }

  /**
   * The table.
   *
   * @param byPaper the same concept of the same checkpoints, ranked by lca, where it was ranked so
   *     too
   */
  static Element of(ConceptResults concept, Optional<ConceptResults> byPaper, Numbering numbering) {
    StepView step = concept.last();
    ByRule rule = ByRule.of(concept, byPaper);
    HtmlTable table = new HtmlTable("Finding of the paper", "There", "Here", "Seen here");
    row(
        table,
        "A linear probe reads the concept from the model, and does not merely learn words by heart",
        "accuracy far above control tasks",
        encoded(step));
    row(
        table,
        "The ranking finds the neurons that matter",
        "BERT, part of speech, 20 % kept: most salient 90.2 %, random 28.5 %, least salient 16.9 %",
        ranking(step));
    row(
        table,
        "A small part of the neurons suffices",
        "5 % for part of speech and semantic tags, 10 % for chunking",
        small(rule));
    row(
        table,
        "Knowledge is redundant",
        "as many random neurons, trained again, lose only 1 to 3 points",
        redundant(rule));
    row(
        table,
        "Some neurons serve several labels, others one",
        "both kinds are found",
        polysemy(step));
    row(
        table,
        "Fine-tuning moves the knowledge towards lower layers",
        "BERT up to 0.7 layers, RoBERTa and XLNet 0.6 to 2.4",
        moved(rule));
    return numbering.table(
        table,
        "Findings of the paper beside " + concept.concept() + " at " + concept.nameOf(step),
        "Other models and other corpora than the paper's: agreement is no proof, and disagreement"
            + " no error."
            + rule.note());
  }

  private static void row(HtmlTable table, String finding, String there, Finding here) {
    table.row(finding, there, here.here(), here.agrees());
  }

  private static Finding encoded(StepView step) {
    Selectivity selectivity = step.evaluations().selectivity();
    if (selectivity == null) {
      return Finding.unknown();
    }
    double low = selectivity.low() == null ? selectivity.mean() : selectivity.low();
    return Finding.of(
        Numbers.percent(selectivity.accuracy())
            + ", control tasks "
            + Numbers.percent(selectivity.control()),
        low > 0);
  }

  private static Finding ranking(StepView step) {
    boolean other = !step.evaluations().lcaAblation().isEmpty();
    Optional<Ablation> point =
        other
            ? AblationPart.atTwentyPercent(step.evaluations().lcaAblation())
            : AblationPart.atTwentyPercent(step);
    return point
        .map(
            p ->
                Finding.of(
                    "20 % kept"
                        + (other ? " by the paper's rule (lca)" : "")
                        + ": most salient "
                        + Numbers.percent(p.top())
                        + ", random "
                        + Numbers.percent(p.random())
                        + ", least salient "
                        + Numbers.percent(p.bottom()),
                    p.top() > p.random() && p.random() > p.bottom()))
        .orElseGet(Finding::unknown);
  }

  private static Finding small(ByRule rule) {
    MinimalSet set = rule.step().evaluations().minimalSet();
    if (set == null) {
      return Finding.unknown();
    }
    double share = (double) set.size() / rule.step().width();
    return rule.of(
        Numbers.whole(set.size()) + " neurons, " + Numbers.percent(share), share <= SMALL);
  }

  private static Finding redundant(ByRule rule) {
    MinimalSet set = rule.step().evaluations().minimalSet();
    if (set == null || set.testAccuracy() == null || set.randomAccuracy() == null) {
      return Finding.unknown();
    }
    double lost = set.testAccuracy() - set.randomAccuracy();
    return rule.of(
        "they are at " + Numbers.points(-lost) + " points from the minimal set", lost <= REDUNDANT);
  }

  private static Finding polysemy(StepView step) {
    int shared = step.neurons().polysemousCount();
    return Finding.of(Numbers.whole(shared) + " neurons serve two labels or more", shared > 0);
  }

  private static Finding moved(ByRule rule) {
    Optional<CompareView> drift = rule.step().drift().filter(CompareView::hasSameNeurons);
    OptionalDouble shift =
        drift.stream()
            .mapToDouble(d -> d.likeness().meanLayerShift())
            .filter(Double::isFinite)
            .findFirst();
    if (shift.isEmpty()) {
      return Finding.unknown();
    }
    String here = "mean layer " + Numbers.signed(shift.getAsDouble(), 2);
    Displacement place = drift.get().judged().place();
    if (place == null) {
      return new Finding(rule.said() + here + ", noise unknown", Optional.empty());
    }
    return rule.of(
        here + ", beyond noise " + Signals.place(place) + " layers",
        place.relocated() && shift.getAsDouble() < 0);
  }
}
