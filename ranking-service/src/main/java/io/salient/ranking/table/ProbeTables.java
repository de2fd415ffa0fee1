package io.salient.ranking.table;

import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Selectivity;
import io.salient.ranking.view.NeuronViews.OfLabel;
import io.salient.ranking.view.NeuronViews.Polysemous;
import io.salient.ranking.view.NeuronViews.Ranked;
import io.salient.ranking.view.Origin;
import io.salient.ranking.view.StepView;
import io.salient.ranking.view.StepView.Label;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Probes and rankings: how well, by which neurons, from what. */
final class ProbeTables {
  private final Table steps =
      new Table(
          "steps",
          "a concept at a checkpoint",
          "concept,step:long,checkpoint,baseline:boolean,final:boolean,coverage:float,"
              + "layers:int,hidden:int,train_words:int,dev_words:int,test_words:int,"
              + "accuracy:double,dev_accuracy:double,macro_f1:double,majority:double,"
              + "transfer_accuracy:double,control_accuracy:double,selectivity:double,"
              + "selectivity_low:double,selectivity_high:double,control_draws:int,"
              + "seen_words:int,seen_accuracy:double,seen_control_accuracy:double,"
              + "top_neurons:int,mean_layer:double,polysemous_neurons:int,converged:boolean,"
              + "relative_step:double,gap:double,fit_seconds:double,method,"
              + "reproducibility:double,reproducibility_reason");
  private final Table labels =
      new Table(
          "labels",
          "a label at a checkpoint",
          "concept,step:long,label,train:int,dev:int,test:int,precision:double,"
              + "recall:double,f1:double,below_minimum:boolean,half_mass_neurons:int");
  private final Table neurons =
      new Table(
          "neurons",
          "a neuron of a ranking",
          "concept,step:long,rank:int,layer:int,unit:int,score:double");
  private final Table polysemous =
      new Table(
          "polysemous",
          "a neuron that several labels share",
          "concept,step:long,layer:int,unit:int,labels:int,label_names");
  private final Table settings =
      new Table(
          "settings",
          "a setting or a fact of where a result comes from",
          "concept,step:long,name,value");

  private ProbeTables() {}

  static List<Table> of(List<ConceptResults> concepts) {
    ProbeTables made = new ProbeTables();
    concepts.forEach(concept -> concept.steps().forEach(step -> made.add(concept, step)));
    return List.of(made.steps, made.labels, made.neurons, made.polysemous, made.settings);
  }

  private void add(ConceptResults concept, StepView step) {
    addStep(step, concept.isBaseline(step));
    addLabels(step);
    addNeurons(step);
    addSettings(step);
  }

  private void addStep(StepView step, boolean isBaseline) {
    Optional<Selectivity> control = Optional.ofNullable(step.evaluations().selectivity());
    steps.row(
        step.ranking().concept(),
        step.step(),
        step.checkpointId(),
        isBaseline,
        step.probe().isFinal(),
        step.probe().coverage(),
        step.layers(),
        step.hidden(),
        step.words().train(),
        step.words().dev(),
        step.words().test(),
        step.probe().accuracy(),
        step.devAccuracy(),
        step.probe().macroF1(),
        step.probe().majority(),
        step.transferAccuracy(),
        control.map(Selectivity::control).orElse(null),
        control.map(Selectivity::mean).orElse(null),
        control.map(Selectivity::low).orElse(null),
        control.map(Selectivity::high).orElse(null),
        control.map(Selectivity::draws).orElse(null),
        control.map(Selectivity::seenWords).orElse(null),
        control.map(Selectivity::seenAccuracy).orElse(null),
        control.map(Selectivity::seenControl).orElse(null),
        step.neurons().histogramSize(),
        step.neurons().meanLayer(),
        step.neurons().polysemousCount(),
        step.probe().certificate().converged(),
        step.probe().certificate().relativeStep(),
        step.probe().certificate().gap(),
        step.fitSeconds(),
        step.probe().method(),
        step.neurons().reproducibility(),
        step.neurons().reproducibilityReason());
  }

  private void addLabels(StepView step) {
    Map<String, OfLabel> ranked =
        step.neurons().perLabel().stream()
            .collect(Collectors.toMap(OfLabel::label, Function.identity()));
    for (Label label : step.labels()) {
      OfLabel of = ranked.get(label.label());
      labels.row(
          step.ranking().concept(),
          step.step(),
          label.label(),
          label.train(),
          label.dev(),
          label.test(),
          label.precision(),
          label.recall(),
          label.f1(),
          label.train() < step.minLabelCount(),
          of == null ? null : of.massSetSize());
    }
  }

  private void addNeurons(StepView step) {
    int rank = 1;
    for (Ranked neuron : step.neurons().ranking()) {
      neurons.row(
          step.ranking().concept(),
          step.step(),
          rank++,
          neuron.layer(),
          neuron.unit(),
          neuron.score());
    }
    for (Polysemous neuron : step.neurons().polysemous()) {
      polysemous.row(
          step.ranking().concept(),
          step.step(),
          neuron.layer(),
          neuron.unit(),
          neuron.labels().size(),
          String.join(" ", neuron.labels()));
    }
  }

  private void addSettings(StepView step) {
    Origin origin = step.provenance();
    Map<String, Object> facts = new TreeMap<>(origin.settings());
    facts.put("version", origin.version());
    facts.put("checkpoint_folder", origin.checkpointUri());
    facts.put("model_type", origin.modelType());
    origin.weights().forEach((name, value) -> facts.put("weights." + name, value));
    facts.put("corpus", origin.corpus());
    facts.put("corpus_hash", origin.corpusHash());
    facts.put("tokenizer", origin.tokenizer());
    facts.put("aggregation", origin.aggregation().toUpperCase(Locale.ROOT)); // as it always was
    facts.put("seed", origin.seed());
    step.evaluations()
        .evaluationSeconds()
        .forEach((name, seconds) -> facts.put("seconds." + name, seconds));
    facts.forEach(
        (name, value) -> settings.row(step.ranking().concept(), step.step(), name, value));
  }
}
