package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.ranking.RankingMethod;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.markup.Element;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Says why something is not shown. */
final class Missing {
  private Missing() {}

  /** A paragraph that says what there is not, and why. */
  static Element paragraph(String what, String why) {
    return Element.of("p", Element.of("b", what + ": "), why).with("class", "missing");
  }

  /** Why an evaluation has no result. */
  static String reason(StepView step, Analysis... analyses) {
    if (!step.probe().isFinal()) {
      return "only final probes are evaluated, and this one is provisional.";
    }
    boolean fitted = step.probe().certificate().evaluations() > 0;
    if (!hasProbe(step) || !fitted) {
      return "no probe was fitted, so there is nothing to evaluate.";
    }
    Set<Analysis> asked = asked(step);
    if (Stream.of(analyses).noneMatch(asked::contains)) {
      return "it was not asked for; --evaluations full asks for it.";
    }
    if (step.evaluations().evaluationPending()) {
      return "not yet: the evaluation of this checkpoint is still to come.";
    }
    if (!step.evaluations().evaluated()) {
      return "nothing was evaluated. " + String.join("; ", step.ranking().notes());
    }
    String notes = notes(step, analyses);
    return notes.isEmpty() ? "there were no test words to measure it on." : notes;
  }

  /** False where a method without a probe ranked the neurons. */
  static boolean hasProbe(StepView step) {
    return RankingMethod.of(step.probe().method()).needsProbe();
  }

  private static Set<Analysis> asked(StepView step) {
    String names = step.provenance().settings().getOrDefault("evaluations", "");
    return names.isEmpty() ? Analysis.FULL : Analysis.named(List.of(names.split(",")));
  }

  private static String notes(StepView step, Analysis... analyses) {
    String word = analyses[0].label().replace('-', ' ').toLowerCase(Locale.ROOT);
    return String.join(
        "; ", step.ranking().notes().stream().filter(note -> note.contains(word)).toList());
  }
}
