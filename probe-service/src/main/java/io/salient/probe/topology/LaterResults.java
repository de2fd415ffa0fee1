package io.salient.probe.topology;

import io.salient.lca.probe.FitResult;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.Replicates;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Sends on what completes final results: noise and evaluations, or why there are none. */
final class LaterResults {
  private final ProcessorContext<Object, Object> context;
  private final Set<String> concepts;
  private final ProbeProcessorSettings settings;
  private final ReadOnlyKeyValueStore<String, ProbeReport> reports;

  LaterResults(
      ProcessorContext<Object, Object> context,
      Set<String> concepts,
      ProbeProcessorSettings settings) {
    this.context = context;
    this.concepts = concepts;
    this.settings = settings;
    this.reports = context.getStateStore(ProbeStores.REPORTS);
  }

  /** Sends what noise is measured by. */
  void noise(FitOutcome.Replicated outcome, long now) {
    FitJob job = outcome.job();
    for (FitResult.Fitted result : job.finals()) {
      Replicates replicates = outcome.replicates().get(result.concept());
      if (replicates != null) {
        String run = job.started().getRun();
        ReplicateRecords.of(job, result, replicates)
            .forEach(record -> forward(run, result.concept(), record, now));
      }
    }
  }

  /** Sends that there is no noise to be told from drift, and why. */
  void noNoise(ExtractionStarted started, List<FitResult.Fitted> finals, String why, long now) {
    for (FitResult.Fitted result : finals) {
      ReplicateRankings record = ReplicateRecords.none(started, result, why);
      forward(started.getRun(), result.concept(), record, now);
    }
  }

  /** Sends evaluations: one record per concept, that nobody waits where there is nothing. */
  void evaluation(FitOutcome.Evaluated outcome, long now) {
    FitJob job = outcome.job();
    outcome
        .clusters()
        .map(clusters -> ClusterRecords.of(job, clusters))
        .ifPresent(record -> forward(job.started().getRun(), record, now));
    Set<String> evaluated = new HashSet<>();
    for (FitResult.Fitted result : job.finals()) {
      evaluated.add(result.concept());
      String run = job.started().getRun();
      forward(run, result.concept(), EvaluationRecords.of(outcome, result, settings), now);
    }
    for (String concept : names(job.started())) {
      if (!evaluated.contains(concept)) {
        ProbeReport report = reports.get(StoreKeys.report(job.key(), concept));
        List<String> why = report == null ? List.of() : report.getNotes();
        noEvaluation(job.started(), concept, job.method(), why, now);
      }
    }
  }

  /**
   * Sends that nothing was evaluated, and why.
   *
   * @param method what the checkpoint's neurons are ranked by
   */
  void noEvaluation(ExtractionStarted started, RankingMethod method, String why, long now) {
    names(started).forEach(concept -> noEvaluation(started, concept, method, List.of(why), now));
  }

  private void noEvaluation(
      ExtractionStarted started, String concept, RankingMethod method, List<String> why, long now) {
    ProbeEvaluation record = EvaluationRecords.none(started, concept, method, why, settings);
    forward(started.getRun(), concept, record, now);
  }

  private List<String> names(ExtractionStarted started) {
    return Statuses.fitted(started, concepts).stream()
        .map(started.getConcepts()::get)
        .map(ConceptInfo::getName)
        .toList();
  }

  private void forward(String run, String concept, Object record, long now) {
    forward(run + "/" + concept, record, now);
  }

  private void forward(String key, Object record, long now) {
    context.forward(new Record<Object, Object>(key, record, now), ProbeTopology.PROBES);
  }
}
