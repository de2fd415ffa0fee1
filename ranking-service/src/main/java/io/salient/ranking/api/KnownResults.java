package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.RunView;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.security.http.ProblemException;
import java.util.List;
import java.util.Optional;

/**
 * Looks up what a path names; what is not there is told with what is.
 *
 * @param results where to look
 */
record KnownResults(ResultStream results) {
  /**
   * A run.
   *
   * @throws ProblemException 400 for a name that none can have, 404 when nothing is known of it
   */
  RunView run(String run) {
    return results.run(Parameters.name("run", run)).orElseThrow(() -> unknownRun(run));
  }

  /** All rankings of a concept, ascending by step; at least one. */
  List<SalientNeurons> steps(String run, String concept) {
    Parameters.name("concept", concept);
    RunView known = run(run);
    List<SalientNeurons> steps =
        known.steps().stream()
            .map(step -> results.neurons(run, concept, step.step()))
            .flatMap(Optional::stream)
            .toList();
    if (steps.isEmpty()) {
      throw notRanked(known, concept);
    }
    return steps;
  }

  /** The ranking of a concept at a step. */
  SalientNeurons step(String run, String concept, String step) {
    Parameters.name("concept", concept);
    long number = Parameters.step("step", step);
    RunView known = run(run);
    return results
        .neurons(run, concept, number)
        .orElseThrow(() -> notRanked(known, concept + " at step " + number));
  }

  /** What drift of a concept is measured against; empty where that step has no ranking of it. */
  Optional<SalientNeurons> baseline(String run, String concept) {
    return Optional.ofNullable(run(run).baselineStep())
        .flatMap(step -> results.neurons(run, concept, step));
  }

  static ProblemException unknownRun(String run) {
    return new ProblemException(
        ProblemCode.NO_SUCH_RUN,
        "Nothing is known of run " + run + "; GET /api/runs lists the runs.");
  }

  private static ProblemException notRanked(RunView run, String what) {
    return new ProblemException(
        ProblemCode.NOT_RANKED,
        String.format(
            "Run %s has no ranking of %s; ranked so far: %s at steps %s.",
            run.run(),
            what,
            run.concepts(),
            run.steps().stream()
                .filter(step -> !step.concepts().isEmpty())
                .map(RunView.Step::step)
                .toList()));
  }
}
