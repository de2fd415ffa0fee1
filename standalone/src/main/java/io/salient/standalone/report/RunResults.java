package io.salient.standalone.report;

import io.salient.ranking.live.CompletedNeurons;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the results topic says of one run.
 *
 * @param run its name
 * @param concepts those with a result, by name
 * @param statuses the latest of each checkpoint, by step
 */
public record RunResults(String run, List<ConceptResults> concepts, List<RunStatus> statuses) {
  /** Keeps copies of the lists. */
  public RunResults {
    concepts = List.copyOf(concepts);
    statuses = List.copyOf(statuses);
  }

  /**
   * Sorts the latest records of a run; those of other runs are left out. Rankings are completed by
   * their evaluations.
   */
  public static RunResults of(String run, Collection<? extends SpecificRecord> records) {
    Map<String, TreeMap<Long, SalientNeurons>> neurons = new TreeMap<>();
    List<NeuronDrift> drifts = new ArrayList<>();
    Map<String, DriftAlarm> alarms = new HashMap<>();
    TreeMap<Long, RunStatus> statuses = new TreeMap<>();
    List<ProbeEvaluation> evaluations = new ArrayList<>();
    for (SpecificRecord record : records) {
      switch (record) {
        case SalientNeurons ranked when ranked.getRun().equals(run) ->
            neurons
                .computeIfAbsent(ranked.getConcept(), name -> new TreeMap<>())
                .put(ranked.getStep(), ranked);
        case NeuronDrift drift when drift.getRun().equals(run) -> drifts.add(drift);
        case DriftAlarm alarm when alarm.getRun().equals(run) ->
            alarms.put(alarm.getConcept(), alarm);
        case ProbeEvaluation evaluation when evaluation.getRun().equals(run) ->
            evaluations.add(evaluation);
        case RunStatus status when status.getRun().equals(run) ->
            statuses.put(status.getStep(), status);
        default -> {
          // of another run
        }
      }
    }
    for (ProbeEvaluation evaluation : evaluations) {
      SalientNeurons ranked =
          neurons.getOrDefault(evaluation.getConcept(), new TreeMap<>()).get(evaluation.getStep());
      if (ranked != null) {
        CompletedNeurons.complete(ranked, evaluation);
      }
    }
    List<ConceptResults> concepts = new ArrayList<>();
    neurons.forEach(
        (concept, steps) ->
            concepts.add(
                new ConceptResults(
                    concept,
                    steps.values().stream().map(one -> step(one, drifts)).toList(),
                    Optional.ofNullable(alarms.get(concept)))));
    return new RunResults(run, concepts, List.copyOf(statuses.values()));
  }

  private static StepResult step(SalientNeurons neurons, List<NeuronDrift> drifts) {
    return new StepResult(
        neurons,
        drift(neurons, drifts, DriftAgainst.BASELINE),
        drift(neurons, drifts, DriftAgainst.PREVIOUS));
  }

  private static Optional<NeuronDrift> drift(
      SalientNeurons neurons, List<NeuronDrift> drifts, DriftAgainst against) {
    return drifts.stream()
        .filter(
            drift ->
                drift.getAgainst() == against
                    && drift.getStep() == neurons.getStep()
                    && drift.getConcept().equals(neurons.getConcept())
                    && drift.getCheckpointId().equals(neurons.getCheckpointId()))
        .findFirst();
  }

  /** What is missing and why, a sentence each; empty when the results are whole. */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (RunStatus status : statuses) {
      if (status.getStage() == Stage.FAILED || status.getStage() == Stage.LOST) {
        gaps.add("Step " + status.getStep() + " has no result: " + status.getMessage());
      }
    }
    for (ConceptResults concept : concepts) {
      concept.steps().forEach(step -> gapOf(concept, step).ifPresent(gaps::add));
    }
    return gaps;
  }

  private static Optional<String> gapOf(ConceptResults concept, StepResult step) {
    String where = "Step " + step.step() + ", " + concept.concept() + ": ";
    if (!step.isFinal()) {
      long percent = Math.round(100 * step.report().getCoverage());
      return Optional.of(where + "provisional, fitted on " + percent + " % of the words.");
    }
    if (!isCompared(concept, step)) {
      return Optional.of(where + "there is no comparison with the baseline.");
    }
    return Optional.empty();
  }

  /**
   * True when a step has the drift from the baseline that it is to have: of the baseline as it is,
   * and final. Nothing is to come where nothing is ranked.
   */
  static boolean isCompared(ConceptResults concept, StepResult step) {
    StepResult baseline = concept.baseline();
    boolean comparable =
        !concept.isBaseline(step)
            && !step.neurons().getRanking().isEmpty()
            && !baseline.neurons().getRanking().isEmpty();
    String id = baseline.neurons().getCheckpointId();
    return !comparable
        || step.drift()
            .filter(drift -> drift.getOtherCheckpointId().equals(id) && !drift.getNoisePending())
            .isPresent();
  }

  /** True when no comparison is still to come. */
  public boolean isCompared() {
    return concepts.stream()
        .allMatch(concept -> concept.steps().stream().allMatch(s -> isCompared(concept, s)));
  }
}
