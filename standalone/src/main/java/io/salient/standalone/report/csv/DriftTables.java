package io.salient.standalone.report.csv;

import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.Noise;
import io.salient.standalone.report.RunResults;
import io.salient.standalone.report.StepResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How rankings moved, beside their noise. */
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
          "replicates",
          "noise_k",
          "half_similarity",
          "null_similarity",
          "null_similarity_sd",
          "half_layer_distance",
          "null_layer_distance",
          "null_layer_distance_sd",
          "calibrated_drift",
          "p_value",
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
          "half_similarity",
          "null_similarity",
          "null_similarity_sd",
          "calibrated_drift",
          "p_value",
          "f1_before",
          "f1_after",
          "transfer_f1",
          "verdict");

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
        one.getJaccard(),
        one.getJaccardChance(),
        one.getRbo(),
        one.getSpearman(),
        one.getMeanLayerShift(),
        one.getWasserstein(),
        one.getAccuracyBefore(),
        one.getAccuracyAfter(),
        one.getTransferAccuracy(),
        of(one.getNoise(), Noise::getReplicates),
        of(one.getNoise(), Noise::getK),
        of(one.getNoise(), Noise::getSimilarity),
        of(one.getNoise(), Noise::getMeanSimilarity),
        of(one.getNoise(), Noise::getSd),
        of(one.getNoise(), Noise::getLayerDistance),
        of(one.getNoise(), Noise::getMeanLayerDistance),
        of(one.getNoise(), Noise::getLayerDistanceSd),
        one.getCalibratedDrift(),
        one.getPValue(),
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
        of(label.getNoise(), Noise::getSimilarity),
        of(label.getNoise(), Noise::getMeanSimilarity),
        of(label.getNoise(), Noise::getSd),
        label.getCalibratedDrift(),
        label.getPValue(),
        label.getF1Before(),
        label.getF1After(),
        label.getTransferF1(),
        text(label.getVerdict()));
  }

  private static Object of(Noise noise, Function<Noise, ?> pick) {
    return Optional.ofNullable(noise).map(pick).orElse(null);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
