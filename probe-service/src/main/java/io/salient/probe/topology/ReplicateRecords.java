package io.salient.probe.topology;

import io.salient.lca.drift.HalfRanking;
import io.salient.lca.drift.ReplicateSimilarity;
import io.salient.lca.drift.ReplicateSimilarity.Likeness;
import io.salient.lca.probe.FitResult;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.Replicates;
import io.salient.probe.training.StartedLayers;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.NullSimilarity;
import io.salient.schemas.avro.ReplicateRankings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Rankings of replicates as a record. */
final class ReplicateRecords {
  private ReplicateRecords() {}

  /** What came of one concept. */
  static ReplicateRankings of(FitJob job, FitResult.Fitted result, Replicates replicates) {
    return common(job.started(), result)
        .setK(replicates.k())
        .setHalves(replicates.halves().stream().map(ReplicateRecords::half).toList())
        .setNulls(
            replicates.nulls().stream()
                .filter(similarity -> similarity.overall() != null)
                .map(ReplicateRecords::similarity)
                .toList())
        .setProblem(replicates.problem())
        .build();
  }

  /** That there is nothing to measure noise by, so that nobody waits for it. */
  static ReplicateRankings none(ExtractionStarted started, FitResult.Fitted result, String why) {
    return common(started, result)
        .setK(HalfRanking.depth(StartedLayers.of(started).width()))
        .setProblem(why)
        .build();
  }

  private static ReplicateRankings.Builder common(
      ExtractionStarted started, FitResult.Fitted result) {
    return ReplicateRankings.newBuilder()
        .setRun(started.getRun())
        .setStep(started.getStep())
        .setCheckpointId(started.getCheckpointId())
        .setConcept(result.concept())
        .setLayers(started.getLayers())
        .setHiddenSize(started.getHiddenSize())
        .setLayerNumbers(started.getLayerNumbers())
        .setLabels(result.probe().labels());
  }

  private static io.salient.schemas.avro.HalfRanking half(HalfRanking ranking) {
    return new io.salient.schemas.avro.HalfRanking(
        boxed(ranking.overall()),
        Arrays.stream(ranking.labels())
            .map(neurons -> neurons == null ? List.<Integer>of() : boxed(neurons))
            .toList());
  }

  private static List<Integer> boxed(int[] neurons) {
    return Arrays.stream(neurons).boxed().toList();
  }

  private static NullSimilarity similarity(ReplicateSimilarity similarity) {
    return new NullSimilarity(
        similarity.overall().similarity(),
        similarity.overall().layerDistance(),
        byLabel(similarity, Likeness::similarity),
        byLabel(similarity, Likeness::layerDistance));
  }

  private static List<Float> byLabel(
      ReplicateSimilarity similarity, ToDoubleFunction<Likeness> of) {
    return Arrays.stream(similarity.labels())
        .map(likeness -> Objects.isNull(likeness) ? Float.NaN : (float) of.applyAsDouble(likeness))
        .toList();
  }
}
