package io.salient.standalone.report.csv;

import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.PolysemousNeuron;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.SelectivityReport;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.RunResults;
import io.salient.standalone.report.StepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Probes and rankings: how well, by which neurons, from what. */
final class ProbeTables {
  private final CsvTable steps =
      new CsvTable(
          "steps.csv",
          "a concept at a checkpoint",
          "concept",
          "step",
          "checkpoint",
          "baseline",
          "final",
          "coverage",
          "layers",
          "hidden",
          "train_words",
          "dev_words",
          "test_words",
          "accuracy",
          "dev_accuracy",
          "macro_f1",
          "majority",
          "transfer_accuracy",
          "control_accuracy",
          "selectivity",
          "selectivity_low",
          "selectivity_high",
          "control_draws",
          "seen_words",
          "seen_accuracy",
          "seen_control_accuracy",
          "top_neurons",
          "mean_layer",
          "polysemous_neurons",
          "converged",
          "relative_step",
          "gap",
          "fit_seconds",
          "method",
          "reproducibility",
          "reproducibility_reason");
  private final CsvTable labels =
      new CsvTable(
          "labels.csv",
          "a label at a checkpoint",
          "concept",
          "step",
          "label",
          "train",
          "dev",
          "test",
          "precision",
          "recall",
          "f1",
          "below_minimum",
          "half_mass_neurons");
  private final CsvTable neurons =
      new CsvTable(
          "neurons.csv",
          "a neuron of a ranking",
          "concept",
          "step",
          "rank",
          "layer",
          "unit",
          "score");
  private final CsvTable polysemous =
      new CsvTable(
          "polysemous.csv",
          "a neuron that several labels share",
          "concept",
          "step",
          "layer",
          "unit",
          "labels",
          "label_names");
  private final CsvTable settings =
      new CsvTable(
          "settings.csv",
          "a setting or a fact of where a result comes from",
          "concept",
          "step",
          "name",
          "value");

  private ProbeTables() {}

  static List<CsvTable> of(RunResults results) {
    ProbeTables made = new ProbeTables();
    results.concepts().forEach(concept -> concept.steps().forEach(step -> made.add(concept, step)));
    return List.of(made.steps, made.labels, made.neurons, made.polysemous, made.settings);
  }

  private void add(ConceptResults concept, StepResult step) {
    addStep(step, concept.isBaseline(step));
    addLabels(step);
    addNeurons(step);
    addSettings(step);
  }

  private void addStep(StepResult step, boolean isBaseline) {
    ProbeReport report = step.report();
    Optional<SelectivityReport> control = Optional.ofNullable(step.evaluations().getSelectivity());
    steps.row(
        report.getConcept(),
        step.step(),
        report.getCheckpointId(),
        isBaseline,
        step.isFinal(),
        report.getCoverage(),
        report.getLayers(),
        report.getHiddenSize(),
        report.getTrainWords(),
        report.getDevWords(),
        report.getTestWords(),
        report.getAccuracy(),
        report.getDevAccuracy(),
        report.getMacroF1(),
        report.getMajority(),
        report.getTransferAccuracy(),
        control.map(SelectivityReport::getControl).orElse(null),
        control.map(SelectivityReport::getMean).orElse(null),
        control.map(SelectivityReport::getLow).orElse(null),
        control.map(SelectivityReport::getHigh).orElse(null),
        control.map(SelectivityReport::getDraws).orElse(null),
        control.map(SelectivityReport::getSeenWords).orElse(null),
        control.map(SelectivityReport::getSeenAccuracy).orElse(null),
        control.map(SelectivityReport::getSeenControl).orElse(null),
        step.neurons().getHistogramSize(),
        step.neurons().getMeanLayer(),
        step.neurons().getPolysemousCount(),
        report.getCertificate().getConverged(),
        report.getCertificate().getRelativeStep(),
        report.getCertificate().getGap(),
        report.getFitSeconds(),
        report.getMethod(),
        step.neurons().getReproducibility(),
        step.neurons().getReproducibilityReason());
  }

  private void addLabels(StepResult step) {
    Map<String, LabelNeurons> ranked =
        step.neurons().getPerLabel().stream()
            .collect(Collectors.toMap(LabelNeurons::getLabel, Function.identity()));
    for (LabelReport label : step.report().getLabels()) {
      LabelNeurons of = ranked.get(label.getLabel());
      labels.row(
          step.report().getConcept(),
          step.step(),
          label.getLabel(),
          label.getTrainCount(),
          label.getDevCount(),
          label.getTestCount(),
          label.getPrecision(),
          label.getRecall(),
          label.getF1(),
          label.getTrainCount() < step.report().getMinLabelCount(),
          of == null ? null : of.getMassSetSize());
    }
  }

  private void addNeurons(StepResult step) {
    int rank = 1;
    for (RankedNeuron neuron : step.neurons().getRanking()) {
      neurons.row(
          step.report().getConcept(),
          step.step(),
          rank++,
          neuron.getLayer(),
          neuron.getUnit(),
          neuron.getScore());
    }
    for (PolysemousNeuron neuron : step.neurons().getPolysemous()) {
      polysemous.row(
          step.report().getConcept(),
          step.step(),
          neuron.getLayer(),
          neuron.getUnit(),
          neuron.getLabels().size(),
          neuron.getLabels().stream()
              .map(label -> step.report().getLabels().get(label).getLabel())
              .collect(Collectors.joining(" ")));
    }
  }

  private void addSettings(StepResult step) {
    Provenance origin = step.report().getProvenance();
    Map<String, Object> facts = new TreeMap<>(origin.getSettings());
    facts.put("version", origin.getVersion());
    facts.put("checkpoint_folder", origin.getCheckpointUri());
    facts.put("model_type", origin.getModelType());
    origin.getWeights().forEach((name, value) -> facts.put("weights." + name, value));
    facts.put("corpus", origin.getCorpus());
    facts.put("corpus_hash", origin.getCorpusHash());
    facts.put("tokenizer", origin.getTokenizer());
    facts.put("aggregation", origin.getAggregation());
    facts.put("seed", origin.getSeed());
    step.report()
        .getEvaluationCosts()
        .forEach(cost -> facts.put("seconds." + cost.getName(), cost.getSeconds()));
    facts.forEach(
        (name, value) -> settings.row(step.report().getConcept(), step.step(), name, value));
  }
}
