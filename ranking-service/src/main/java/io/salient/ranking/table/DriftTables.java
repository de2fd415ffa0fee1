package io.salient.ranking.table;

import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.JudgementView;
import io.salient.ranking.view.JudgementView.Displacement;
import io.salient.ranking.view.JudgementView.Knowledge;
import io.salient.ranking.view.JudgementView.Label;
import io.salient.ranking.view.JudgementView.Ratio;
import io.salient.ranking.view.StepView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** How rankings moved, every signal with its limits. */
final class DriftTables {
  private final Table drift =
      new Table(
          "drift",
          "a checkpoint compared with the baseline or with the one before",
          "concept,step:long,against,other_step:long,final:boolean,k:int,jaccard:double,"
              + "jaccard_chance:double,rbo:double,spearman:double,mean_layer_shift:double,"
              + "layer_distance:double,accuracy_before:double,accuracy_after:double,"
              + "transfer_accuracy:double,splits:int,halves_k:int,ranking,ranking_reason,"
              + "reproducibility_before:double,reproducibility:double,across:double,"
              + "distance:double,rho:double,rho_lower:double,rho_upper:double,place:double,"
              + "place_lower:double,place_threshold:double,relocated:boolean,knowledge,"
              + "lost:double,lost_lower:double,lost_upper:double,regained:double,"
              + "regained_lower:double,regained_upper:double,verdict,verdict_reason");
  private final Table labels =
      new Table(
          "label_drift",
          "a label compared with the baseline or with the checkpoint before",
          "concept,step:long,against,label,ranking,ranking_reason,"
              + "reproducibility_before:double,reproducibility:double,across:double,rho:double,"
              + "rho_lower:double,rho_upper:double,f1_before:double,f1_after:double,"
              + "transfer_f1:double,knowledge,lost:double,lost_lower:double,lost_upper:double,"
              + "regained:double,regained_lower:double,regained_upper:double");

  private DriftTables() {}

  static List<Table> of(List<ConceptResults> concepts) {
    DriftTables made = new DriftTables();
    concepts.forEach(concept -> concept.steps().forEach(made::add));
    return List.of(made.drift, made.labels);
  }

  private void add(StepView step) {
    step.drift().ifPresent(drifted -> add("baseline", drifted));
    Optional.ofNullable(step.driftPrevious()).ifPresent(drifted -> add("previous", drifted));
  }

  private void add(String against, CompareView one) {
    drift.row(
        one.pair().concept(),
        one.step(),
        against,
        one.pair().stepA(),
        one.pair().isFinal(),
        one.pair().top(),
        one.likeness().jaccard(),
        one.likeness().jaccardChance(),
        one.likeness().rbo(),
        one.likeness().spearman(),
        one.likeness().meanLayerShift(),
        one.likeness().wasserstein(),
        one.accuracies().accuracyA(),
        one.accuracies().accuracyB(),
        one.accuracies().transferAccuracy(),
        of(one.judged().judgement(), JudgementView::splits),
        of(one.judged().judgement(), JudgementView::k),
        of(
            one.judged().judgement(),
            judged -> Objects.requireNonNullElse(judged.outcome(), "none")),
        of(one.judged().judgement(), JudgementView::reason),
        of(one.judged().judgement(), JudgementView::reproducibilityA),
        of(one.judged().judgement(), JudgementView::reproducibilityB),
        of(one.judged().judgement(), JudgementView::across),
        of(one.judged().judgement(), JudgementView::distance),
        of(one.judged().judgement(), JudgementView::rho),
        of(one.judged().judgement(), JudgementView::lower),
        of(one.judged().judgement(), JudgementView::upper),
        of(one.judged().place(), Displacement::mean),
        of(one.judged().place(), Displacement::lower),
        of(one.judged().place(), Displacement::threshold),
        of(one.judged().place(), Displacement::relocated),
        of(one.judged().knowledge(), known -> Objects.requireNonNullElse(known.state(), "unknown")),
        of(lost(one.judged().knowledge()), Ratio::ratio),
        of(lost(one.judged().knowledge()), Ratio::lower),
        of(lost(one.judged().knowledge()), Ratio::upper),
        of(regained(one.judged().knowledge()), Ratio::ratio),
        of(regained(one.judged().knowledge()), Ratio::lower),
        of(regained(one.judged().knowledge()), Ratio::upper),
        Objects.requireNonNullElse(one.judged().verdict(), "none"),
        one.judged().verdictReason());
    one.judged().perLabel().forEach(label -> add(against, one, label));
  }

  private void add(String against, CompareView one, Label label) {
    labels.row(
        one.pair().concept(),
        one.step(),
        against,
        label.label(),
        of(label.judgement(), judged -> Objects.requireNonNullElse(judged.outcome(), "none")),
        of(label.judgement(), JudgementView::reason),
        of(label.judgement(), JudgementView::reproducibilityA),
        of(label.judgement(), JudgementView::reproducibilityB),
        of(label.judgement(), JudgementView::across),
        of(label.judgement(), JudgementView::rho),
        of(label.judgement(), JudgementView::lower),
        of(label.judgement(), JudgementView::upper),
        label.f1A(),
        label.f1B(),
        label.transferF1(),
        of(label.knowledge(), known -> Objects.requireNonNullElse(known.state(), "unknown")),
        of(lost(label.knowledge()), Ratio::ratio),
        of(lost(label.knowledge()), Ratio::lower),
        of(lost(label.knowledge()), Ratio::upper),
        of(regained(label.knowledge()), Ratio::ratio),
        of(regained(label.knowledge()), Ratio::lower),
        of(regained(label.knowledge()), Ratio::upper));
  }

  private static Ratio lost(Knowledge known) {
    return known == null ? null : known.lost();
  }

  private static Ratio regained(Knowledge known) {
    return known == null ? null : known.regained();
  }

  private static <T> Object of(T record, Function<T, ?> pick) {
    return Optional.ofNullable(record).map(pick).orElse(null);
  }
}
