package io.salient.ranking.topology;

import io.salient.lca.drift.ConceptDrift;
import io.salient.schemas.avro.KnowledgeChange;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.PlaceChange;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a concept between two checkpoints, every signal beside the verdict.
 *
 * @param ranking whether the ranking moved
 * @param place where the first neurons went; null where that is not known
 * @param knowledge what became of what was known; null where that is not known
 * @param verdict NONE where there is none
 * @param reason why there is none, or why it is undecided; empty otherwise
 * @param pending true while halves of one of the two are still being fitted
 * @param labels one by one; empty where the two cannot be compared
 */
public record DriftJudgement(
    RankingJudgement ranking,
    PlaceChange place,
    KnowledgeChange knowledge,
    Verdict verdict,
    String reason,
    boolean pending,
    List<LabelDrift> labels) {
  /** Keeps a copy of the list. */
  public DriftJudgement {
    labels = List.copyOf(labels);
  }

  /**
   * Of one checkpoint against another, by the halves of both.
   *
   * @param before the other
   * @param after the one that is judged
   * @param applied whether the transfer figures of {@code after} are those of the very probe of
   *     {@code before}
   */
  static DriftJudgement of(JudgementInput before, JudgementInput after, boolean applied) {
    Optional<TestKnowledge> knowledge =
        TestKnowledge.between(before.report(), after.report(), applied);
    KnowledgeChange known =
        knowledge.map(k -> JudgementRecords.knowledge(k.overall(), k.groups())).orElse(null);
    List<String> problems =
        List.of(
            after.otherMethod(before),
            after.otherLayers(before),
            before.problem(),
            after.problem(),
            after.problemBeside(before));
    for (String problem : problems) {
      if (!problem.isEmpty()) {
        boolean pending = before.isPending() || after.isPending();
        RankingJudgement none =
            RankingJudgement.newBuilder().setOutcome(Movement.NONE).setReason("no-halves").build();
        return new DriftJudgement(none, null, known, Verdict.NONE, problem, pending, List.of());
      }
    }
    ConceptDrift drift =
        ConceptDrift.between(
            before.replicates().halves(),
            after.replicates().halves(),
            knowledge.map(TestKnowledge::overall));
    int k = before.replicates().parts().getFirst().getK();
    LabelJudgements labels = new LabelJudgements(before.report(), after.report(), knowledge, k);
    return new DriftJudgement(
        JudgementRecords.ranking(drift.ranking(), k),
        drift.place().map(JudgementRecords::place).orElse(null),
        known,
        drift.verdict().map(said -> Verdict.valueOf(said.name())).orElse(Verdict.NONE),
        VerdictReasons.of(drift),
        false,
        drift.labels().stream().map(label -> labels.of(label, applied)).toList());
  }
}
