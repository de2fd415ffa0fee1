package io.salient.standalone.report.csv;

import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.AblationPoint;
import io.salient.schemas.avro.DisjointSet;
import io.salient.schemas.avro.FiringSentence;
import io.salient.schemas.avro.LayerAccuracy;
import io.salient.schemas.avro.MinimalSetReport;
import io.salient.schemas.avro.NeuronWords;
import io.salient.schemas.avro.SetSize;
import io.salient.schemas.avro.TopWord;
import io.salient.standalone.report.RunResults;
import io.salient.standalone.report.StepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What probes were put to. */
final class EvaluationTables {
  private final CsvTable ablation =
      new CsvTable(
          "ablation.csv",
          "a share of neurons that is kept",
          "concept",
          "step",
          "kept",
          "neurons",
          "top",
          "random",
          "bottom",
          "method");
  private final CsvTable sets =
      new CsvTable(
          "minimal_sets.csv",
          "a set of neurons that suffices: 1 is the minimal set, those after it share no neuron"
              + " with the ones before",
          "concept",
          "step",
          "set",
          "neurons",
          "delta",
          "relative",
          "dev_accuracy",
          "loss_bound",
          "test_accuracy",
          "random_accuracy",
          "bottom_accuracy",
          "mean_layer",
          "layer_entropy_bits");
  private final CsvTable sizes =
      new CsvTable(
          "minimal_set_sizes.csv",
          "a number of first neurons that was tried for the minimal set",
          "concept",
          "step",
          "neurons",
          "dev_accuracy",
          "smoothed_accuracy",
          "loss_bound",
          "test_accuracy");
  private final CsvTable layers =
      new CsvTable(
          "layers.csv",
          "a layer at a checkpoint",
          "concept",
          "step",
          "layer",
          "top_neurons",
          "minimal_set_neurons",
          "layer_accuracy");
  private final CsvTable words =
      new CsvTable(
          "top_words.csv",
          "a word type that a neuron fires for",
          "concept",
          "step",
          "layer",
          "unit",
          "rank",
          "word",
          "mean_activation_sd",
          "count");
  private final CsvTable sentences =
      new CsvTable(
          "sentences.csv",
          "a word of a sentence in which a neuron fires",
          "concept",
          "step",
          "layer",
          "unit",
          "sentence",
          "corpus_word",
          "word",
          "activation_sd");

  private EvaluationTables() {}

  static List<CsvTable> of(RunResults results) {
    EvaluationTables made = new EvaluationTables();
    results.concepts().forEach(concept -> concept.steps().forEach(made::add));
    return List.of(made.ablation, made.sets, made.sizes, made.layers, made.words, made.sentences);
  }

  private void add(StepResult step) {
    String concept = step.report().getConcept();
    addAblation(step, step.report().getMethod(), step.evaluations().getAblation());
    addAblation(step, "lca", step.evaluations().getLcaAblation());
    addSets(concept, step);
    addLayers(concept, step);
    step.evaluations().getTopWords().forEach(neuron -> addWords(concept, step, neuron));
  }

  private void addAblation(StepResult step, String method, List<AblationPoint> points) {
    for (AblationPoint point : points) {
      ablation.row(
          step.report().getConcept(),
          step.step(),
          point.getKept(),
          point.getNeurons(),
          point.getTop(),
          point.getRandom(),
          point.getBottom(),
          method);
    }
  }

  private void addSets(String concept, StepResult step) {
    MinimalSetReport minimal = step.evaluations().getMinimalSet();
    if (minimal == null) {
      return;
    }
    sets.row(
        concept,
        step.step(),
        1,
        minimal.getSize(),
        minimal.getDelta(),
        minimal.getRelative(),
        minimal.getDevAccuracy(),
        minimal.getLossBound(),
        minimal.getTestAccuracy(),
        minimal.getRandomAccuracy(),
        minimal.getBottomAccuracy(),
        minimal.getMeanLayer(),
        minimal.getLayerEntropy());
    for (SetSize tried : minimal.getGrid()) {
      sizes.row(
          concept,
          step.step(),
          tried.getSize(),
          tried.getDevAccuracy(),
          tried.getSmoothed(),
          tried.getLossBound(),
          tried.getTestAccuracy());
    }
    int set = 2;
    for (DisjointSet further : minimal.getDisjoint()) {
      sets.row(
          concept,
          step.step(),
          set++,
          further.getSize(),
          minimal.getDelta(),
          minimal.getRelative(),
          further.getDevAccuracy(),
          null,
          further.getTestAccuracy(),
          null,
          null,
          null,
          null);
    }
  }

  private void addLayers(String concept, StepResult step) {
    Map<Integer, LayerAccuracy> probes =
        step.evaluations().getLayerwise().stream()
            .collect(Collectors.toMap(LayerAccuracy::getLayer, probe -> probe));
    Optional<List<Integer>> minimal =
        Optional.ofNullable(step.evaluations().getMinimalSet())
            .map(MinimalSetReport::getLayerHistogram);
    List<Integer> numbers = ReportLayers.of(step.report()).numbers();
    for (int place = 0; place < numbers.size(); place++) {
      int at = place;
      int layer = numbers.get(place);
      layers.row(
          concept,
          step.step(),
          layer,
          step.neurons().getLayerHistogram().get(place),
          minimal.map(histogram -> histogram.get(at)).orElse(null),
          Optional.ofNullable(probes.get(layer)).map(LayerAccuracy::getAccuracy).orElse(null));
    }
  }

  private void addWords(String concept, StepResult step, NeuronWords neuron) {
    int rank = 1;
    for (TopWord word : neuron.getWords()) {
      words.row(
          concept,
          step.step(),
          neuron.getLayer(),
          neuron.getUnit(),
          rank++,
          word.getWord(),
          word.getScore(),
          word.getCount());
    }
    for (FiringSentence sentence : neuron.getSentences()) {
      for (int i = 0; i < sentence.getWords().size(); i++) {
        sentences.row(
            concept,
            step.step(),
            neuron.getLayer(),
            neuron.getUnit(),
            sentence.getSentence(),
            sentence.getFirstWord() + i,
            sentence.getWords().get(i),
            sentence.getActivations().get(i));
      }
    }
  }
}
