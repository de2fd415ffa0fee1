package io.salient.probe.topology;

import io.salient.lca.LayerMap;
import io.salient.lca.drift.LayerShift;
import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.Findings;
import io.salient.lca.evaluation.LambdaSearch;
import io.salient.lca.evaluation.MinimalSet;
import io.salient.lca.evaluation.NeuronWords;
import io.salient.lca.evaluation.Selectivity;
import io.salient.lca.probe.FitResult;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.StartedLayers;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.avro.AblationPoint;
import io.salient.schemas.avro.DisjointSet;
import io.salient.schemas.avro.EvaluationCost;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.FiringSentence;
import io.salient.schemas.avro.LambdaCell;
import io.salient.schemas.avro.LayerAccuracy;
import io.salient.schemas.avro.MinimalSetReport;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.SelectivityReport;
import io.salient.schemas.avro.SetSize;
import io.salient.schemas.avro.TopWord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Evaluations of a probe as records. */
final class EvaluationRecords {
  /** What the words of all neurons may take, so that a report stays far below Kafka's limit. */
  private static final int MOST_WORD_BYTES = 300_000;

  private static final AvroSerde<io.salient.schemas.avro.NeuronWords> WORDS =
      AvroSerde.of(io.salient.schemas.avro.NeuronWords.class);

  private EvaluationRecords() {}

  /** What came of one concept that has a final result. */
  static ProbeEvaluation of(
      FitOutcome.Evaluated outcome, FitResult.Fitted result, ProbeProcessorSettings settings) {
    ExtractionStarted started = outcome.job().started();
    LayerMap layers = StartedLayers.of(started);
    ProbeEvaluation.Builder evaluation =
        common(started, result.concept(), outcome.job().method(), settings)
            .setLambdaSearch(lambdas(outcome.lambdas().getOrDefault(result.concept(), List.of())))
            .setSeconds(outcome.seconds());
    Findings findings = outcome.evaluation().findings().get(result.concept());
    if (findings != null) {
      evaluation
          .setEvaluations(of(findings, layers))
          .setEvaluationCosts(costs(outcome.evaluation().seconds()))
          .setNotes(findings.notes());
    }
    RankedRecords.add(
        evaluation,
        outcome.ranked().getOrDefault(result.concept(), FitOutcome.Ranked.NONE),
        settings.provenance().getOrDefault("select", ""),
        result.probe().labels(),
        layers);
    return evaluation.build();
  }

  /**
   * That there is nothing to evaluate, and why, so that nobody waits for it.
   *
   * @param method what the checkpoint's neurons are ranked by
   */
  static ProbeEvaluation none(
      ExtractionStarted started,
      String concept,
      RankingMethod method,
      List<String> why,
      ProbeProcessorSettings settings) {
    return common(started, concept, method, settings).setNotes(why).build();
  }

  private static ProbeEvaluation.Builder common(
      ExtractionStarted started,
      String concept,
      RankingMethod method,
      ProbeProcessorSettings settings) {
    return ProbeEvaluation.newBuilder()
        .setRun(started.getRun())
        .setStep(started.getStep())
        .setCheckpointId(started.getCheckpointId())
        .setConcept(concept)
        .setProvenance(ProbeRecords.provenance(started, settings.provenance(method)))
        .setAnnouncedAt(started.getAnnouncedAt());
  }

  private static List<LambdaCell> lambdas(List<LambdaSearch.Cell> cells) {
    return cells.stream()
        .map(
            cell ->
                new LambdaCell(
                    cell.l1(),
                    cell.l2(),
                    cell.accuracy(),
                    cell.top(),
                    cell.bottom(),
                    cell.score(),
                    cell.evaluations(),
                    cell.converged(),
                    cell.seconds()))
        .toList();
  }

  static Evaluations of(Findings findings, LayerMap layers) {
    return Evaluations.newBuilder()
        .setSelectivity(findings.selectivity().map(EvaluationRecords::selectivity).orElse(null))
        .setAblation(ablation(findings.ablation()))
        .setLcaAblation(ablation(findings.lcaAblation()))
        .setMinimalSet(findings.minimalSet().map(set -> minimalSet(set, layers)).orElse(null))
        .setLayerwise(layerwise(findings.layerwise(), layers))
        .setTopWords(topWords(findings.topWords(), layers))
        .build();
  }

  private static List<AblationPoint> ablation(
      List<io.salient.lca.evaluation.AblationPoint> points) {
    return points.stream()
        .map(
            point ->
                new AblationPoint(
                    point.kept(), point.neurons(), point.top(), point.random(), point.bottom()))
        .toList();
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
        selectivity.draws(),
        selectivity.seen().map(Selectivity.OnSeenTypes::words).orElse(0),
        selectivity.seen().map(Selectivity.OnSeenTypes::accuracy).orElse(null),
        selectivity.seen().map(Selectivity.OnSeenTypes::control).orElse(null));
  }

  private static MinimalSetReport minimalSet(MinimalSet set, LayerMap layers) {
    int[] histogram = LayerShift.histogram(set.neurons(), layers);
    return MinimalSetReport.newBuilder()
        .setSize(set.size())
        .setDelta(set.delta())
        .setRelative(set.relative())
        .setDevAccuracy(set.devAccuracy())
        .setLossBound(set.lossBound())
        .setGrid(set.grid().stream().map(EvaluationRecords::size).toList())
        .setTestAccuracy(orNull(set.testAccuracy()))
        .setRandomAccuracy(orNull(set.randomAccuracy()))
        .setBottomAccuracy(orNull(set.bottomAccuracy()))
        .setLayerHistogram(Arrays.stream(histogram).boxed().toList())
        .setMeanLayer(LayerShift.meanLayer(histogram, layers))
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

  private static SetSize size(MinimalSet.Size size) {
    return new SetSize(
        size.size(),
        size.devAccuracy(),
        size.smoothed(),
        size.lossBound(),
        orNull(size.testAccuracy()));
  }

  private static List<LayerAccuracy> layerwise(List<OptionalDouble> accuracies, LayerMap layers) {
    List<LayerAccuracy> layerwise = new ArrayList<>();
    for (OptionalDouble accuracy : accuracies) {
      layerwise.add(new LayerAccuracy(layers.numbers().get(layerwise.size()), orNull(accuracy)));
    }
    return layerwise;
  }

  /** The first neurons, as many as fit. */
  private static List<io.salient.schemas.avro.NeuronWords> topWords(
      List<NeuronWords> all, LayerMap layers) {
    List<io.salient.schemas.avro.NeuronWords> fitting = new ArrayList<>();
    int bytes = 0;
    for (NeuronWords neuron : all) {
      io.salient.schemas.avro.NeuronWords words = words(neuron, layers);
      bytes += WORDS.encode(words).length;
      if (bytes > MOST_WORD_BYTES) {
        break;
      }
      fitting.add(words);
    }
    return fitting;
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
