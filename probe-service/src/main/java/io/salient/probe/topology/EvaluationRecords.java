package io.salient.probe.topology;

import io.salient.lca.LayerMap;
import io.salient.lca.drift.LayerShift;
import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.Findings;
import io.salient.lca.evaluation.MinimalSet;
import io.salient.lca.evaluation.NeuronWords;
import io.salient.lca.evaluation.Selectivity;
import io.salient.schemas.avro.AblationPoint;
import io.salient.schemas.avro.DisjointSet;
import io.salient.schemas.avro.EvaluationCost;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.FiringSentence;
import io.salient.schemas.avro.LayerAccuracy;
import io.salient.schemas.avro.MinimalSetReport;
import io.salient.schemas.avro.SelectivityReport;
import io.salient.schemas.avro.TopWord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Evaluations of a probe as records. */
final class EvaluationRecords {
  private EvaluationRecords() {}

  static Evaluations of(Findings findings, LayerMap layers) {
    return Evaluations.newBuilder()
        .setSelectivity(findings.selectivity().map(EvaluationRecords::selectivity).orElse(null))
        .setAblation(
            findings.ablation().stream()
                .map(
                    point ->
                        new AblationPoint(
                            point.kept(),
                            point.neurons(),
                            point.top(),
                            point.random(),
                            point.bottom()))
                .toList())
        .setMinimalSet(findings.minimalSet().map(set -> minimalSet(set, layers)).orElse(null))
        .setLayerwise(layerwise(findings.layerwise()))
        .setTopWords(findings.topWords().stream().map(words -> words(words, layers)).toList())
        .build();
  }

  /** In the order of their names, so that equal fits give equal records. */
  static List<EvaluationCost> costs(Map<Analysis, Double> seconds) {
    return seconds.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(cost -> new EvaluationCost(cost.getKey().label(), cost.getValue()))
        .toList();
  }

  private static SelectivityReport selectivity(Selectivity selectivity) {
    return new SelectivityReport(
        selectivity.accuracy(),
        selectivity.control(),
        selectivity.mean(),
        orNull(selectivity.low()),
        orNull(selectivity.high()),
        selectivity.draws());
  }

  private static MinimalSetReport minimalSet(MinimalSet set, LayerMap layers) {
    int[] histogram = LayerShift.histogram(set.neurons(), layers.layers(), layers.hiddenSize());
    return MinimalSetReport.newBuilder()
        .setSize(set.size())
        .setDelta(set.delta())
        .setRelative(set.relative())
        .setDevAccuracy(set.devAccuracy())
        .setTestAccuracy(orNull(set.testAccuracy()))
        .setRandomAccuracy(orNull(set.randomAccuracy()))
        .setBottomAccuracy(orNull(set.bottomAccuracy()))
        .setLayerHistogram(Arrays.stream(histogram).boxed().toList())
        .setMeanLayer(LayerShift.meanLayer(histogram))
        .setLayerEntropy(LayerShift.entropy(histogram))
        .setDisjoint(
            set.disjoint().stream()
                .map(
                    further ->
                        new DisjointSet(
                            further.size(), further.devAccuracy(), orNull(further.testAccuracy())))
                .toList())
        .build();
  }

  private static List<LayerAccuracy> layerwise(List<OptionalDouble> accuracies) {
    List<LayerAccuracy> layers = new ArrayList<>();
    for (OptionalDouble accuracy : accuracies) {
      layers.add(new LayerAccuracy(layers.size(), orNull(accuracy)));
    }
    return layers;
  }

  private static io.salient.schemas.avro.NeuronWords words(NeuronWords words, LayerMap layers) {
    return io.salient.schemas.avro.NeuronWords.newBuilder()
        .setLayer(layers.layerOf(words.neuron()))
        .setUnit(layers.unitOf(words.neuron()))
        .setWords(
            words.words().stream()
                .map(word -> new TopWord(word.word(), word.score(), word.count()))
                .toList())
        .setSentences(words.sentences().stream().map(EvaluationRecords::sentence).toList())
        .build();
  }

  private static FiringSentence sentence(NeuronWords.Sentence sentence) {
    List<Float> activations = new ArrayList<>();
    for (float activation : sentence.activations()) {
      activations.add(Float.isNaN(activation) ? null : activation);
    }
    return new FiringSentence(
        sentence.sentence(), sentence.firstWord(), sentence.words(), activations);
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
