package io.salient.standalone.command;

import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.PlaceChange;
import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.page.Signals;
import io.salient.standalone.report.page.Verdicts;
import java.util.Optional;

/** What became of a concept by the last step of a run, and what says so, in one line. */
final class VerdictLine {
  private VerdictLine() {}

  /** Empty where nothing stands beside the baseline. */
  static Optional<String> of(ConceptResults concept) {
    return concept.last().drift().map(drift -> of(concept, drift));
  }

  private static String of(ConceptResults concept, NeuronDrift drift) {
    String verdict =
        drift.getVerdict() == Verdict.NONE
            ? "no verdict: " + drift.getVerdictReason()
            : Verdicts.name(drift.getVerdict()) + since(concept);
    return "%s at step %d: %s; rho %s; place %s; knowledge %s"
        .formatted(
            concept.concept(),
            drift.getStep(),
            verdict,
            Signals.rho(drift.getJudgement()),
            place(drift.getPlace()),
            Signals.knowledge(drift.getKnowledge()));
  }

  private static String place(PlaceChange place) {
    if (place == null) {
      return "unknown";
    }
    return Signals.place(place)
        + (place.getRelative() ? " of the way from first to last layer" : " layers");
  }

  private static String since(ConceptResults concept) {
    long since = concept.since().step();
    return since == concept.last().step() ? "" : " since step " + since;
  }
}
