package io.salient.standalone.report;

import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Optional;

/**
 * One concept at one checkpoint.
 *
 * @param neurons the ranking with the report of its probe
 * @param drift against the baseline; empty for the baseline itself
 * @param driftPrevious against the step before; empty for the first
 */
public record StepResult(
    SalientNeurons neurons, Optional<NeuronDrift> drift, Optional<NeuronDrift> driftPrevious) {
  private static final Evaluations NOTHING = Evaluations.newBuilder().build();

  /** Training step. */
  public long step() {
    return neurons.getStep();
  }

  /** The probe's report. */
  public ProbeReport report() {
    return neurons.getReport();
  }

  /** Evaluations beyond accuracy; empty ones where there are none. */
  public Evaluations evaluations() {
    return report().getEvaluations() == null ? NOTHING : report().getEvaluations();
  }

  /** Number of neurons D. */
  public int width() {
    return report().getLayers() * report().getHiddenSize();
  }

  /** False while rows of the checkpoint are missing. */
  public boolean isFinal() {
    return report().getFinal$();
  }
}
