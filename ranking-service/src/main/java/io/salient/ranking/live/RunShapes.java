package io.salient.ranking.live;

import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.RunOverview;
import io.salient.ranking.view.RunTraining;
import io.salient.ranking.view.RunView;
import io.salient.ranking.view.StepConcept;
import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Runs as people see them, made of their latest records.
 *
 * @param view of the results topic
 * @param ends how far checkpoints are
 */
record RunShapes(ResultView view, StepEnds ends) {
  /** One run with its checkpoints. */
  RunView run(String run) {
    NavigableMap<Long, List<StepConcept>> results = view.summaries(run);
    Map<Long, RunView.Step> steps = new TreeMap<>();
    results.forEach((step, concepts) -> steps.put(step, stepOf(step, concepts)));
    for (RunStatus status : view.statuses(run)) {
      steps.put(
          status.getStep(), stepOf(status, results.getOrDefault(status.getStep(), List.of())));
    }
    List<String> concepts =
        steps.values().stream()
            .flatMap(step -> step.concepts().stream())
            .map(StepConcept::concept)
            .distinct()
            .sorted()
            .toList();
    return new RunView(run, concepts, baseline(results), List.copyOf(steps.values()));
  }

  /** The same in short, with what its concepts say. */
  RunOverview overview(RunView run, String position) {
    SortedSet<String> concepts = view.concepts(run.run());
    view.statuses(run.run()).forEach(status -> concepts.addAll(status.getConcepts()));
    return new RunOverview(
        run.run(),
        position,
        run.baselineStep(),
        run.steps().stream().map(RunOverview.Checkpoint::of).toList(),
        concepts.stream().map(concept -> view.overview(run.run(), concept)).toList());
  }

  /** What the change of a key means for the overview of its run. */
  RunOverview.Change change(ResultKey key) {
    NavigableMap<Long, List<StepConcept>> results = view.summaries(key.run());
    Long baseline = baseline(results);
    Long step = key.step() == ResultKey.NO_STEP ? null : (Long) key.step();
    if (key.kind() == Kind.STATUS) {
      RunOverview.Checkpoint checkpoint =
          step(key, results.getOrDefault(key.step(), List.of()))
              .map(RunOverview.Checkpoint::of)
              .orElse(null);
      return new RunOverview.Change(key.run(), step, baseline, checkpoint, null);
    }
    ConceptOverview row = view.overview(key.run(), key.concept()).at(key.step());
    return new RunOverview.Change(key.run(), step, baseline, null, row);
  }

  private Optional<RunView.Step> step(ResultKey key, List<StepConcept> concepts) {
    Optional<RunView.Step> told =
        view.record(key).map(RunStatus.class::cast).map(status -> stepOf(status, concepts));
    return told.isEmpty() && !concepts.isEmpty() ? Optional.of(stepOf(key.step(), concepts)) : told;
  }

  private RunView.Step stepOf(RunStatus status, List<StepConcept> concepts) {
    return new RunView.Step(
        status.getStep(),
        status.getCheckpointId(),
        ends.stage(status),
        status.getRowsSeen(),
        status.getRowsTotal(),
        status.getTruncatedWords(),
        status.getDroppedWords(),
        status.getReason(),
        status.getMessage(),
        status.getAt(),
        ends.tiers(status),
        RunTraining.Logged.of(status.getTraining()),
        concepts);
  }

  /** A step whose status was never told. */
  private static RunView.Step stepOf(long step, List<StepConcept> concepts) {
    boolean all = concepts.stream().allMatch(StepConcept::isFinal);
    Stage stage = all ? Stage.RANKED : Stage.FITTING;
    String id = concepts.getFirst().checkpointId();
    return new RunView.Step(
        step, id, stage.name(), 0, 0, 0, 0, "", "", null, List.of(), null, concepts);
  }

  private static Long baseline(NavigableMap<Long, List<StepConcept>> results) {
    return results.entrySet().stream()
        .filter(step -> step.getValue().stream().anyMatch(StepConcept::baseline))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder())
        .orElse(results.isEmpty() ? null : results.firstKey());
  }
}
