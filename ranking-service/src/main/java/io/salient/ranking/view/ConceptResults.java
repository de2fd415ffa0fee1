package io.salient.ranking.view;

import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One concept over the checkpoints of a run.
 *
 * @param concept its name
 * @param steps at least one, by step
 * @param alarm on its drift; empty where none was ever raised
 */
public record ConceptResults(String concept, List<StepView> steps, Optional<AlarmView> alarm) {
  /** Keeps a copy of the list. */
  public ConceptResults {
    steps = List.copyOf(steps);
  }

  /**
   * The series of a concept's results.
   *
   * @param steps at least one, by step
   * @param drifts of the concept; those of other steps have no part
   * @param top how many neurons to list, over all labels and per label
   */
  public static ConceptResults of(
      List<SalientNeurons> steps,
      Collection<NeuronDrift> drifts,
      Optional<DriftAlarm> alarm,
      int top) {
    return new ConceptResults(
        steps.getFirst().getConcept(),
        steps.stream().map(neurons -> step(neurons, drifts, top)).toList(),
        alarm.map(AlarmView::of));
  }

  private static StepView step(SalientNeurons neurons, Collection<NeuronDrift> drifts, int top) {
    long step = neurons.getStep();
    return StepView.of(neurons, drifts.stream().filter(d -> d.getStep() == step).toList(), top);
  }

  /** What drift is measured against: the first step announced as that, else the first. */
  public StepView baseline() {
    return steps.stream().filter(StepView::baseline).findFirst().orElse(steps.getFirst());
  }

  /** The checkpoint furthest in training. */
  public StepView last() {
    return steps.getLast();
  }

  /** True for the step that drift is measured against. */
  public boolean isBaseline(StepView step) {
    return step.step() == baseline().step();
  }

  /** True for the checkpoint furthest in training. */
  public boolean isLast(StepView step) {
    return step.step() == last().step();
  }

  /** The two that most figures compare; one where there is no other. */
  public List<StepView> baselineAndLast() {
    return isCompared() ? List.of(baseline(), last()) : List.of(last());
  }

  /** True when there is a checkpoint beside the baseline. */
  public boolean isCompared() {
    return !isBaseline(last());
  }

  /**
   * True when a step has the drift from the baseline that it is to have: of the baseline as it is,
   * and final. Nothing is to come where nothing is ranked.
   */
  boolean isCompared(StepView step) {
    boolean comparable =
        !isBaseline(step)
            && !step.neurons().ranking().isEmpty()
            && !baseline().neurons().ranking().isEmpty();
    String id = baseline().checkpointId();
    return !comparable
        || step.drift()
            .filter(drift -> drift.pair().checkpointA().equals(id))
            .filter(drift -> !drift.judged().noisePending())
            .isPresent();
  }

  /** The first of the successive steps, up to the last, that have the last one's verdict. */
  public StepView since() {
    List<String> verdicts =
        steps.stream()
            .map(step -> step.drift().map(drift -> drift.judged().verdict()).orElse(null))
            .toList();
    return steps.get(Since.of(verdicts).getLast());
  }

  /** True where the alarm on its drift stood. */
  public boolean isAlarmed(long step) {
    return alarm.filter(of -> of.steps().contains(step)).isPresent();
  }

  /** How people call a step. */
  public String nameOf(StepView step) {
    return "step " + step.step() + (isBaseline(step) ? " (baseline)" : "");
  }
}
