package io.salient.ranking.view;

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
 * All that the results topic says of one run.
 *
 * @param run its name
 * @param concepts those with a result, by name
 * @param failures why checkpoints have no result, a sentence each, by step
 */
public record RunResults(String run, List<ConceptResults> concepts, List<String> failures) {
  /** Keeps copies of the lists. */
  public RunResults {
    concepts = List.copyOf(concepts);
    failures = List.copyOf(failures);
  }

  /**
   * Sorts the latest records of a run; those of other runs are left out. Rankings are completed by
   * their evaluations, and list all neurons that their records do.
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
                ConceptResults.of(
                    List.copyOf(steps.values()),
                    drifts.stream().filter(drift -> isOf(steps, concept, drift)).toList(),
                    Optional.ofNullable(alarms.get(concept)),
                    Integer.MAX_VALUE)));
    return new RunResults(run, concepts, failures(statuses.values()));
  }

  /** Of the very checkpoint that is ranked at its step, not of one that was there before. */
  private static boolean isOf(Map<Long, SalientNeurons> steps, String concept, NeuronDrift drift) {
    SalientNeurons ranked = steps.get(drift.getStep());
    return drift.getConcept().equals(concept)
        && ranked != null
        && drift.getCheckpointId().equals(ranked.getCheckpointId());
  }

  private static List<String> failures(Collection<RunStatus> statuses) {
    return statuses.stream()
        .filter(status -> status.getStage() == Stage.FAILED || status.getStage() == Stage.LOST)
        .map(status -> "Step " + status.getStep() + " has no result: " + status.getMessage())
        .toList();
  }

  /** Those of a concept; empty where it has none. */
  public Optional<ConceptResults> concept(String name) {
    return concepts.stream().filter(concept -> concept.concept().equals(name)).findFirst();
  }

  /** What is missing and why, a sentence each; empty when the results are whole. */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>(failures);
    for (ConceptResults concept : concepts) {
      concept.steps().forEach(step -> gapOf(concept, step).ifPresent(gaps::add));
    }
    return gaps;
  }

  private static Optional<String> gapOf(ConceptResults concept, StepView step) {
    String where = "Step " + step.step() + ", " + concept.concept() + ": ";
    if (!step.probe().isFinal()) {
      long percent = Math.round(100 * step.probe().coverage());
      return Optional.of(where + "provisional, fitted on " + percent + " % of the words.");
    }
    if (!concept.isCompared(step)) {
      return Optional.of(where + "there is no comparison with the baseline.");
    }
    return Optional.empty();
  }

  /** True when no comparison is still to come. */
  public boolean areCompared() {
    return concepts.stream()
        .allMatch(concept -> concept.steps().stream().allMatch(concept::isCompared));
  }
}
