package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.AlarmView;
import io.salient.ranking.view.ChangeView;
import io.salient.ranking.view.ClustersView;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.EarlyWarningView;
import io.salient.ranking.view.StepView;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Shows what stands under a key of the results topic. */
final class Changes {
  private Changes() {}

  /** The change under a key, neurons cut to the first few. */
  static ChangeView of(ResultStream results, ResultKey key, int top) {
    return ChangeView.of(
        key, results.record(key).map(record -> value(results, record, top)).orElse(null));
  }

  private static Object value(ResultStream results, SpecificRecord record, int top) {
    return switch (record) {
      case SalientNeurons neurons -> StepView.of(neurons, List.of(), top);
      case ProbeEvaluation evaluation ->
          results
              .neurons(evaluation.getRun(), evaluation.getConcept(), evaluation.getStep())
              .map(neurons -> StepView.of(neurons, List.of(), top))
              .orElse(null);
      case NeuronDrift drift -> CompareView.of(drift);
      case DriftAlarm alarm -> AlarmView.of(alarm);
      case EarlyWarning warning -> EarlyWarningView.of(warning, top);
      case NeuronClusters clusters -> ClustersView.Size.of(clusters);
      case RunStatus status ->
          ChangeView.Status.of(status, results.stage(status), results.tiers(status));
      default -> throw new IllegalStateException("no result: " + record.getSchema().getName());
    };
  }
}
