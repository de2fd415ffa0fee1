package io.salient.ranking.table;

import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Ablation;
import io.salient.ranking.view.EvaluationViews.Disjoint;
import io.salient.ranking.view.EvaluationViews.Layer;
import io.salient.ranking.view.EvaluationViews.MinimalSet;
import io.salient.ranking.view.EvaluationViews.Sentence;
import io.salient.ranking.view.EvaluationViews.TopWords;
import io.salient.ranking.view.EvaluationViews.TriedSize;
import io.salient.ranking.view.EvaluationViews.Word;
import io.salient.ranking.view.StepView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What probes were put to. */
final class EvaluationTables {
  private final Table ablation =
      new Table(
          "ablation",
          "a share of neurons that is kept",
          "concept,step:long,kept:double,neurons:int,top:double,random:double,"
              + "bottom:double,method");
  private final Table sets =
      new Table(
          "minimal_sets",
          "a set of neurons that suffices: 1 is the minimal set, those after it share no neuron"
              + " with the ones before",
          "concept,step:long,set:int,neurons:int,delta:double,relative:boolean,"
              + "dev_accuracy:double,loss_bound:double,test_accuracy:double,"
              + "random_accuracy:double,bottom_accuracy:double,mean_layer:double,"
              + "layer_entropy_bits:double");
  private final Table sizes =
      new Table(
          "minimal_set_sizes",
          "a number of first neurons that was tried for the minimal set",
          "concept,step:long,neurons:int,dev_accuracy:double,smoothed_accuracy:double,"
              + "loss_bound:double,test_accuracy:double");
  private final Table layers =
      new Table(
          "layers",
          "a layer at a checkpoint",
          "concept,step:long,layer:int,top_neurons:int,minimal_set_neurons:int,"
              + "layer_accuracy:double");
  private final Table words =
      new Table(
          "top_words",
          "a word type that a neuron fires for",
          "concept,step:long,layer:int,unit:int,rank:int,word,mean_activation_sd:double,"
              + "count:int");
  private final Table sentences =
      new Table(
          "sentences",
          "a word of a sentence in which a neuron fires",
          "concept,step:long,layer:int,unit:int,sentence:int,corpus_word:int,word,"
              + "activation_sd:float");

  private EvaluationTables() {}

  static List<Table> of(List<ConceptResults> concepts) {
    EvaluationTables made = new EvaluationTables();
    concepts.forEach(concept -> concept.steps().forEach(made::add));
    return List.of(made.ablation, made.sets, made.sizes, made.layers, made.words, made.sentences);
  }

  private void add(StepView step) {
    String concept = step.ranking().concept();
    addAblation(step, step.probe().method(), step.evaluations().ablation());
    addAblation(step, "lca", step.evaluations().lcaAblation());
    addSets(concept, step);
    addLayers(concept, step);
    step.evaluations().topWords().forEach(neuron -> addWords(concept, step, neuron));
  }

  private void addAblation(StepView step, String method, List<Ablation> points) {
    for (Ablation point : points) {
      ablation.row(
          step.ranking().concept(),
          step.step(),
          point.kept(),
          point.neurons(),
          point.top(),
          point.random(),
          point.bottom(),
          method);
    }
  }

  private void addSets(String concept, StepView step) {
    MinimalSet minimal = step.evaluations().minimalSet();
    if (minimal == null) {
      return;
    }
    sets.row(
        concept,
        step.step(),
        1,
        minimal.size(),
        minimal.delta(),
        minimal.relative(),
        minimal.devAccuracy(),
        minimal.lossBound(),
        minimal.testAccuracy(),
        minimal.randomAccuracy(),
        minimal.bottomAccuracy(),
        minimal.meanLayer(),
        minimal.layerEntropy());
    for (TriedSize tried : minimal.grid()) {
      sizes.row(
          concept,
          step.step(),
          tried.size(),
          tried.devAccuracy(),
          tried.smoothed(),
          tried.lossBound(),
          tried.testAccuracy());
    }
    int set = 2;
    for (Disjoint further : minimal.disjoint()) {
      sets.row(
          concept,
          step.step(),
          set++,
          further.size(),
          minimal.delta(),
          minimal.relative(),
          further.devAccuracy(),
          null,
          further.testAccuracy(),
          null,
          null,
          null,
          null);
    }
  }

  private void addLayers(String concept, StepView step) {
    Map<Integer, Layer> probes =
        step.evaluations().layerwise().stream()
            .collect(Collectors.toMap(Layer::layer, probe -> probe));
    Optional<List<Integer>> minimal =
        Optional.ofNullable(step.evaluations().minimalSet()).map(MinimalSet::layerHistogram);
    List<Integer> numbers = step.layerNumbers();
    for (int place = 0; place < numbers.size(); place++) {
      int at = place;
      int layer = numbers.get(place);
      layers.row(
          concept,
          step.step(),
          layer,
          step.neurons().layerHistogram().get(place),
          minimal.map(histogram -> histogram.get(at)).orElse(null),
          Optional.ofNullable(probes.get(layer)).map(Layer::accuracy).orElse(null));
    }
  }

  private void addWords(String concept, StepView step, TopWords neuron) {
    int rank = 1;
    for (Word word : neuron.words()) {
      words.row(
          concept,
          step.step(),
          neuron.layer(),
          neuron.unit(),
          rank++,
          word.word(),
          word.score(),
          word.count());
    }
    for (Sentence sentence : neuron.sentences()) {
      for (int i = 0; i < sentence.words().size(); i++) {
        sentences.row(
            concept,
            step.step(),
            neuron.layer(),
            neuron.unit(),
            sentence.sentence(),
            sentence.firstWord() + i,
            sentence.words().get(i),
            sentence.activations().get(i));
      }
    }
  }
}
