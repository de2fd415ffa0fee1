package io.salient.ranking.view;

import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins a ranking with the evaluation that came before or after it, so that all who show a result
 * find it in one place, whatever version wrote it: versions without tiers wrote both as one.
 */
public final class CompletedNeurons {
  private static final String EVALUATION = "evaluation";

  private CompletedNeurons() {}

  /** True when the evaluation of a ranking is still to come. */
  public static boolean awaitsEvaluation(SalientNeurons neurons) {
    return neurons.getReport().getTiers().contains(EVALUATION);
  }

  /**
   * Fills a ranking in, which is the caller's own; one of other weights stays as it is.
   *
   * @param evaluation null where there is none yet
   */
  public static SalientNeurons complete(SalientNeurons neurons, ProbeEvaluation evaluation) {
    if (evaluation == null || !evaluation.getCheckpointId().equals(neurons.getCheckpointId())) {
      return neurons;
    }
    ProbeReport report = neurons.getReport();
    report.setEvaluations(evaluation.getEvaluations());
    report.setEvaluationCosts(evaluation.getEvaluationCosts());
    report.setAgreement(evaluation.getAgreement());
    report.setSelection(evaluation.getSelection());
    report.setLambdaSearch(evaluation.getLambdaSearch());
    List<String> notes = new ArrayList<>(report.getNotes());
    evaluation.getNotes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
    report.setNotes(notes);
    report.setTiers(report.getTiers().stream().filter(tier -> !tier.equals(EVALUATION)).toList());
    return neurons;
  }
}
