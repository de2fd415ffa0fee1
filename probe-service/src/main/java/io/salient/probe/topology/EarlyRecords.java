package io.salient.probe.topology;

import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.training.FitOutcome;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.MethodRanking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rankings that needed no fit as records. */
final class EarlyRecords {
  /** As many as a result may list at most. */
  private static final int MOST_NEURONS = 500;

  private EarlyRecords() {}

  static EarlyWarning of(
      FitOutcome.Early outcome, FitOutcome.EarlyRanking ranking, ProbeProcessorSettings settings) {
    ExtractionStarted started = outcome.job().started();
    List<MethodRanking> methods = new ArrayList<>();
    for (Map.Entry<RankingMethod, NeuronRanking> one : ranking.rankings().entrySet()) {
      methods.add(
          MethodRanking.newBuilder()
              .setMethod(one.getKey().text())
              .setRanking(RankedRecords.first(one.getValue(), MOST_NEURONS, outcome.layers()))
              .build());
    }
    return EarlyWarning.newBuilder()
        .setRun(started.getRun())
        .setStep(started.getStep())
        .setCheckpointId(started.getCheckpointId())
        .setConcept(ranking.concept())
        .setCoverage(outcome.job().coverage())
        .setTrainWords(ranking.trainWords())
        .setLayers(started.getLayers())
        .setHiddenSize(started.getHiddenSize())
        .setLayerNumbers(started.getLayerNumbers())
        .setMethods(methods)
        .setProvenance(ProbeRecords.provenance(started, settings.provenance()))
        .setAnnouncedAt(started.getAnnouncedAt())
        .build();
  }
}
