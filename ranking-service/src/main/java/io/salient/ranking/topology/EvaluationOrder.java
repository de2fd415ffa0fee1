package io.salient.ranking.topology;

import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.ProbeEvaluation;
import java.util.Comparator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Copies evaluations to the results, unless those of a checkpoint that was saved at the same step
 * and announced later were copied before. They may come before their ranking or after it: readers
 * join the two by step and checkpoint.
 */
final class EvaluationOrder implements Processor<String, ProbeEvaluation, Object, Object> {
  private static final Comparator<ProbeEvaluation> BY_ANNOUNCEMENT =
      Comparator.comparing(ProbeEvaluation::getAnnouncedAt)
          .thenComparing(ProbeEvaluation::getCheckpointId);

  private final RankingMetrics metrics;
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, ProbeEvaluation> kept;

  EvaluationOrder(RankingMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    kept = context.getStateStore(RankingStores.EVALUATIONS);
  }

  @Override
  public void process(Record<String, ProbeEvaluation> record) {
    ProbeEvaluation evaluation = record.value();
    String key = StoreKeys.evaluation(evaluation);
    ProbeEvaluation known = kept.get(key);
    if (known != null && BY_ANNOUNCEMENT.compare(evaluation, known) < 0) {
      metrics.superseded();
      return;
    }
    kept.put(key, evaluation);
    ResultKey result =
        new ResultKey(
            evaluation.getRun(),
            evaluation.getConcept(),
            evaluation.getStep(),
            ResultKey.Kind.EVALUATION);
    context.forward(record.withKey(result.text()), RankingTopology.RESULTS);
  }
}
