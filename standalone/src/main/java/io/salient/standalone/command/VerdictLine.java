package io.salient.standalone.command;

import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.JudgementView.Displacement;
import io.salient.standalone.report.page.Signals;
import java.util.Objects;
import java.util.Optional;

/** What became of a concept by the last step of a run, and what says so, in one line. */
final class VerdictLine {
  private VerdictLine() {}

  /** Empty where nothing stands beside the baseline. */
  static Optional<String> of(ConceptResults concept) {
    return concept.last().drift().map(drift -> of(concept, drift));
  }

  private static String of(ConceptResults concept, CompareView drift) {
    String verdict =
        drift.judged().verdict() == null
            ? "no verdict: " + Objects.requireNonNullElse(drift.judged().verdictReason(), "")
            : drift.judged().verdict() + since(concept);
    return "%s at step %d: %s; rho %s; place %s; knowledge %s"
        .formatted(
            concept.concept(),
            drift.step(),
            verdict,
            Signals.rho(drift.judged().judgement()),
            place(drift.judged().place()),
            Signals.knowledge(drift.judged().knowledge()));
  }

  private static String place(Displacement place) {
    if (place == null) {
      return "unknown";
    }
    return Signals.place(place)
        + (place.relative() ? " of the way from first to last layer" : " layers");
  }

  private static String since(ConceptResults concept) {
    long since = concept.since().step();
    return since == concept.last().step() ? "" : " since step " + since;
  }
}
