package io.salient.ranking.topology;

import io.salient.lca.drift.ConceptDrift;
import io.salient.lca.drift.ConceptDrift.LabelChange;
import io.salient.lca.drift.GroupScores;
import io.salient.lca.drift.Knowledge;
import io.salient.schemas.avro.KnowledgeChange;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.PlaceChange;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.TestGroups;
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
    Optional<Knowledge> knowledge = knowledge(before, after, applied);
    KnowledgeChange known =
        knowledge.map(k -> JudgementRecords.knowledge(k, groups(after))).orElse(null);
    for (String problem : List.of(before.problem(), after.problem(), after.problemBeside(before))) {
      if (!problem.isEmpty()) {
        boolean pending = before.isPending() || after.isPending();
        RankingJudgement none =
            RankingJudgement.newBuilder().setOutcome(Movement.NONE).setReason("no-halves").build();
        return new DriftJudgement(none, null, known, Verdict.NONE, problem, pending, List.of());
      }
    }
    ConceptDrift drift =
        ConceptDrift.between(before.replicates().halves(), after.replicates().halves(), knowledge);
    int k = before.replicates().parts().getFirst().getK();
    return new DriftJudgement(
        JudgementRecords.ranking(drift.ranking(), k),
        drift.place().map(JudgementRecords::place).orElse(null),
        known,
        drift.verdict().map(said -> Verdict.valueOf(said.name())).orElse(Verdict.NONE),
        VerdictReasons.of(drift),
        false,
        drift.labels().stream().map(label -> label(label, before, after, applied, k)).toList());
  }

  private static int groups(JudgementInput input) {
    return input.report().getTestGroups().getWords().size();
  }

  /** Only where both probes were asked about the same words. */
  private static Optional<Knowledge> knowledge(
      JudgementInput before, JudgementInput after, boolean applied) {
    TestGroups was = before.report().getTestGroups();
    TestGroups is = after.report().getTestGroups();
    boolean same =
        was != null
            && is != null
            && was.getSentences().equals(is.getSentences())
            && was.getWords().equals(is.getWords());
    if (!same || !before.report().getFinal$() || !after.report().getFinal$()) {
      return Optional.empty();
    }
    Optional<int[]> transferred =
        applied && !is.getTransferRight().isEmpty()
            ? Optional.of(ints(is.getTransferRight()))
            : Optional.empty();
    return Optional.of(
        Knowledge.of(
            GroupScores.ofWords(
                ints(was.getRight()), ints(is.getRight()), transferred, ints(was.getMajority()))));
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static LabelDrift label(
      LabelChange change, JudgementInput before, JudgementInput after, boolean applied, int k) {
    LabelReport was = before.report().getLabels().get(change.label());
    LabelReport is = after.report().getLabels().get(change.label());
    return LabelDrift.newBuilder()
        .setLabel(is.getLabel())
        .setF1Before(was.getF1())
        .setF1After(is.getF1())
        .setTransferF1(applied ? transferF1(is) : null)
        .setJudgement(JudgementRecords.ranking(change.ranking(), k))
        .build();
  }

  /** F1 of the other's probe, unchanged; null where it was not applied or there is no such word. */
  private static Double transferF1(LabelReport label) {
    if (label.getTransferRight() == null) {
      return null;
    }
    double words = (double) label.getTestCount() + label.getTransferSaid();
    return words == 0 ? null : 2 * label.getTransferRight() / words;
  }
}
