package io.salient.standalone.report.csv;

import io.salient.schemas.avro.KnowledgeChange;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.PlaceChange;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.RatioLimits;
import io.salient.standalone.report.RunResults;
import io.salient.standalone.report.StepResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How rankings moved, every signal with its limits. */
final class DriftTables {
  private final CsvTable drift =
      new CsvTable(
          "drift.csv",
          "a checkpoint compared with the baseline or with the one before",
          "concept",
          "step",
          "against",
          "other_step",
          "final",
          "k",
          "jaccard",
          "jaccard_chance",
          "rbo",
          "spearman",
          "mean_layer_shift",
          "layer_distance",
          "accuracy_before",
          "accuracy_after",
          "transfer_accuracy",
          "splits",
          "halves_k",
          "ranking",
          "ranking_reason",
          "reproducibility_before",
          "reproducibility",
          "across",
          "distance",
          "rho",
          "rho_lower",
          "rho_upper",
          "place",
          "place_lower",
          "place_threshold",
          "relocated",
          "knowledge",
          "lost",
          "lost_lower",
          "lost_upper",
          "regained",
          "regained_lower",
          "regained_upper",
          "verdict",
          "verdict_reason");
  private final CsvTable labels =
      new CsvTable(
          "label_drift.csv",
          "a label compared with the baseline or with the checkpoint before",
          "concept",
          "step",
          "against",
          "label",
          "ranking",
          "ranking_reason",
          "reproducibility_before",
          "reproducibility",
          "across",
          "rho",
          "rho_lower",
          "rho_upper",
          "f1_before",
          "f1_after",
          "transfer_f1",
          "knowledge",
          "lost",
          "lost_lower",
          "lost_upper",
          "regained",
          "regained_lower",
          "regained_upper");

  private DriftTables() {}

  static List<CsvTable> of(RunResults results) {
    DriftTables made = new DriftTables();
    results.concepts().forEach(concept -> concept.steps().forEach(made::add));
    return List.of(made.drift, made.labels);
  }

  private void add(StepResult step) {
    step.drift().ifPresent(this::add);
    step.driftPrevious().ifPresent(this::add);
  }

  private void add(NeuronDrift one) {
    drift.row(
        one.getConcept(),
        one.getStep(),
        text(one.getAgainst()),
        one.getOtherStep(),
        one.getFinal$(),
        one.getK(),
        byNeuron(one, NeuronDrift::getJaccard),
        byNeuron(one, NeuronDrift::getJaccardChance),
        byNeuron(one, NeuronDrift::getRbo),
        one.getSpearman(),
        byNeuron(one, NeuronDrift::getMeanLayerShift),
        byNeuron(one, NeuronDrift::getWasserstein),
        one.getAccuracyBefore(),
        one.getAccuracyAfter(),
        one.getTransferAccuracy(),
        of(one.getJudgement(), RankingJudgement::getSplits),
        of(one.getJudgement(), RankingJudgement::getK),
        of(one.getJudgement(), judged -> text(judged.getOutcome())),
        of(one.getJudgement(), RankingJudgement::getReason),
        of(one.getJudgement(), RankingJudgement::getWithin),
        of(one.getJudgement(), RankingJudgement::getWithinAfter),
        of(one.getJudgement(), RankingJudgement::getAcross),
        of(one.getJudgement(), RankingJudgement::getDistance),
        of(one.getJudgement(), RankingJudgement::getRho),
        of(one.getJudgement(), RankingJudgement::getLower),
        of(one.getJudgement(), RankingJudgement::getUpper),
        of(one.getPlace(), PlaceChange::getMean),
        of(one.getPlace(), PlaceChange::getLower),
        of(one.getPlace(), PlaceChange::getThreshold),
        of(one.getPlace(), PlaceChange::getRelocated),
        of(one.getKnowledge(), known -> text(known.getState())),
        of(lost(one.getKnowledge()), RatioLimits::getRatio),
        of(lost(one.getKnowledge()), RatioLimits::getLower),
        of(lost(one.getKnowledge()), RatioLimits::getUpper),
        of(regained(one.getKnowledge()), RatioLimits::getRatio),
        of(regained(one.getKnowledge()), RatioLimits::getLower),
        of(regained(one.getKnowledge()), RatioLimits::getUpper),
        text(one.getVerdict()),
        one.getVerdictReason());
    one.getLabelDrifts().forEach(label -> add(one, label));
  }

  private void add(NeuronDrift one, LabelDrift label) {
    labels.row(
        one.getConcept(),
        one.getStep(),
        text(one.getAgainst()),
        label.getLabel(),
        of(label.getJudgement(), judged -> text(judged.getOutcome())),
        of(label.getJudgement(), RankingJudgement::getReason),
        of(label.getJudgement(), RankingJudgement::getWithin),
        of(label.getJudgement(), RankingJudgement::getWithinAfter),
        of(label.getJudgement(), RankingJudgement::getAcross),
        of(label.getJudgement(), RankingJudgement::getRho),
        of(label.getJudgement(), RankingJudgement::getLower),
        of(label.getJudgement(), RankingJudgement::getUpper),
        label.getF1Before(),
        label.getF1After(),
        label.getTransferF1(),
        of(label.getKnowledge(), known -> text(known.getState())),
        of(lost(label.getKnowledge()), RatioLimits::getRatio),
        of(lost(label.getKnowledge()), RatioLimits::getLower),
        of(lost(label.getKnowledge()), RatioLimits::getUpper),
        of(regained(label.getKnowledge()), RatioLimits::getRatio),
        of(regained(label.getKnowledge()), RatioLimits::getLower),
        of(regained(label.getKnowledge()), RatioLimits::getUpper));
  }

  private static RatioLimits lost(KnowledgeChange known) {
    return known == null ? null : known.getLost();
  }

  private static RatioLimits regained(KnowledgeChange known) {
    return known == null ? null : known.getRegained();
  }

  /** Empty where neurons of the one have no counterpart in the other. */
  private static Double byNeuron(NeuronDrift one, Function<NeuronDrift, Double> of) {
    return one.getK() == 0 ? null : of.apply(one);
  }

  private static <T> Object of(T record, Function<T, ?> pick) {
    return Optional.ofNullable(record).map(pick).orElse(null);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
