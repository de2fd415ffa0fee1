package io.salient.standalone.report;

import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * One concept over the checkpoints of a run.
 *
 * @param concept its name
 * @param steps at least one, by step
 * @param alarm on its drift; empty where none was ever raised
 */
public record ConceptResults(String concept, List<StepResult> steps, Optional<DriftAlarm> alarm) {
  /** Keeps a copy of the list. */
  public ConceptResults {
    steps = List.copyOf(steps);
  }

  /** What drift is measured against: the first step announced as that, else the first. */
  public StepResult baseline() {
    return steps.stream()
        .filter(step -> step.neurons().getBaseline())
        .findFirst()
        .orElse(steps.getFirst());
  }

  /** The checkpoint furthest in training. */
  public StepResult last() {
    return steps.getLast();
  }

  /** True for the step that drift is measured against. */
  public boolean isBaseline(StepResult step) {
    return step.step() == baseline().step();
  }

  /** True for the checkpoint furthest in training. */
  public boolean isLast(StepResult step) {
    return step.step() == last().step();
  }

  /** The two that most figures compare; one where there is no other. */
  public List<StepResult> baselineAndLast() {
    return isCompared() ? List.of(baseline(), last()) : List.of(last());
  }

  /** True when there is a checkpoint beside the baseline. */
  public boolean isCompared() {
    return !isBaseline(last());
  }

  /** The first of the successive steps, up to the last, that have the last one's verdict. */
  public StepResult since() {
    StepResult since = last();
    for (StepResult step : steps.reversed()) {
      if (!verdict(step).equals(verdict(last()))) {
        break;
      }
      since = step;
    }
    return since;
  }

  private static Optional<Verdict> verdict(StepResult step) {
    return step.drift().map(NeuronDrift::getVerdict);
  }

  /** True where the alarm on its drift stood. */
  public boolean isAlarmed(long step) {
    return alarm.filter(of -> of.getSteps().contains(step)).isPresent();
  }

  /** How people call a step. */
  public String nameOf(StepResult step) {
    return "step " + step.step() + (isBaseline(step) ? " (baseline)" : "");
  }
}
