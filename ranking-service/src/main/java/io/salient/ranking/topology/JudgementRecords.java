package io.salient.ranking.topology;

import io.salient.lca.drift.DisattenuatedSimilarity;
import io.salient.lca.drift.FiellerInterval;
import io.salient.lca.drift.Knowledge;
import io.salient.lca.drift.LayerDisplacement;
import io.salient.lca.drift.RankingChange;
import io.salient.schemas.avro.KnowledgeChange;
import io.salient.schemas.avro.KnowledgeState;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.PlaceChange;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.RatioLimits;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was judged, as records. */
final class JudgementRecords {
  private JudgementRecords() {}

  static RankingJudgement ranking(RankingChange change, int k) {
    RankingJudgement.Builder record =
        RankingJudgement.newBuilder()
            .setOutcome(Movement.valueOf(change.outcome().name()))
            .setReason(change.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    change.similarity().ifPresent(similarity -> fill(record, similarity, k));
    return record.build();
  }

  private static void fill(
      RankingJudgement.Builder record, DisattenuatedSimilarity similarity, int k) {
    record
        .setSplits(similarity.similarities().splits())
        .setK(k)
        .setWithin(similarity.similarities().meanBefore())
        .setWithinAfter(similarity.similarities().meanAfter())
        .setAcross(similarity.similarities().meanAcross())
        .setDistance(similarity.distance())
        .setRho(similarity.rho())
        .setLower(orNull(similarity.lower()))
        .setUpper(orNull(similarity.upper()));
  }

  static PlaceChange place(LayerDisplacement moved) {
    return PlaceChange.newBuilder()
        .setMean(moved.mean())
        .setLower(orNull(moved.lower()))
        .setThreshold(moved.threshold())
        .setRelocated(moved.isRelocated())
        .setRelative(moved.relative())
        .build();
  }

  static KnowledgeChange knowledge(Knowledge knowledge, int groups) {
    return KnowledgeChange.newBuilder()
        .setState(KnowledgeState.valueOf(knowledge.state().name()))
        .setGroups(groups)
        .setLost(limits(knowledge.lost()))
        .setRegained(limits(knowledge.regained()))
        .setReencoded(knowledge.isReencoded())
        .build();
  }

  private static RatioLimits limits(Optional<FiellerInterval> interval) {
    return interval.map(i -> new RatioLimits(i.ratio(), i.lower(), i.upper())).orElse(null);
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
