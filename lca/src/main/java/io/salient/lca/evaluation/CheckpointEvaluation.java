package io.salient.lca.evaluation;

import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.Evaluation;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.probe.Transfer;
import io.salient.lca.ranking.RankingMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All evaluations of a checkpoint's final probes, which were fitted before. The same input gives
 * the same findings.
 */
public final class CheckpointEvaluation {
  private final EvaluationData data;
  private final FitSettings fit;
  private final EvaluationSettings settings;
  private final ScratchSpace scratch;
  private final Steps steps;
  private final Map<Analysis, Double> seconds = new EnumMap<>(Analysis.class);
  private final Map<String, Building> building = new LinkedHashMap<>();

  private CheckpointEvaluation(
      EvaluationData data,
      FitSettings fit,
      EvaluationSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    this.data = data;
    this.fit = fit;
    this.settings = settings;
    this.scratch = scratch;
    this.steps = new Steps(progress, settings.work());
  }

  /**
   * What came of it.
   *
   * @param findings by concept, for concepts that have a probe
   * @param seconds what each analysis took for all concepts together
   */
  public record Result(Map<String, Findings> findings, Map<Analysis, Double> seconds) {
    /** Nothing was evaluated. */
    public static final Result NONE = new Result(Map.of(), Map.of());

    /** Keeps copies. */
    public Result {
      findings = Map.copyOf(findings);
      seconds = Map.copyOf(seconds);
    }
  }

  /** Findings of one concept as they come. */
  private static final class Building {
    private Optional<Selectivity> selectivity = Optional.empty();
    private List<AblationPoint> ablation = List.of();
    private List<AblationPoint> lcaAblation = List.of();
    private Optional<MinimalSet> minimalSet = Optional.empty();
    private List<OptionalDouble> layerwise = List.of();
    private List<NeuronWords> topWords = List.of();
    private final List<String> notes = new ArrayList<>();

    Findings findings() {
      return new Findings(
          selectivity, ablation, lcaAblation, minimalSet, layerwise, topWords, notes);
    }
  }

  /** The control tasks of some concepts. */
  public static List<ConceptLabels> controls(
      List<ConceptLabels> concepts, EvaluationData data, EvaluationSettings settings) {
    return concepts.stream()
        .flatMap(
            concept ->
                IntStream.range(0, settings.controlDraws())
                    .mapToObj(draw -> ControlTask.of(concept, data, draw, settings.seed())))
        .toList();
  }

  /**
   * Evaluates.
   *
   * @param concepts that have a final probe, in the order of the probes
   * @param probes one per concept
   * @param scratch receives 8 x D bytes per train word at most
   * @param progress watches and may cancel
   * @throws io.salient.lca.probe.FitCancelledException when progress says so
   */
  public static Result of(
      EvaluationData data,
      List<ConceptLabels> concepts,
      List<FitResult.Fitted> probes,
      FitSettings fit,
      EvaluationSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    CheckpointEvaluation evaluation =
        new CheckpointEvaluation(data, fit, settings, scratch, progress);
    evaluation.run(concepts, probes);
    Map<String, Findings> findings = new HashMap<>();
    evaluation.building.forEach((concept, made) -> findings.put(concept, made.findings()));
    return new Result(findings, evaluation.seconds);
  }

  private void run(List<ConceptLabels> concepts, List<FitResult.Fitted> probes) {
    List<RankedConcept> ranked = new ArrayList<>();
    for (int k = 0; k < probes.size(); k++) {
      building.put(probes.get(k).concept(), new Building());
      RankedConcept.of(concepts.get(k), probes.get(k), fit).ifPresent(ranked::add);
    }
    if (settings.wants(Analysis.SELECTIVITY) && !probes.isEmpty()) {
      timed(Analysis.SELECTIVITY, () -> selectivity(concepts, probes));
    }
    if (!ranked.isEmpty()) {
      analyse(ranked);
    }
  }

  private void analyse(List<RankedConcept> ranked) {
    Retraining retraining = new Retraining(data, fit, scratch, steps);
    if (settings.wants(Analysis.MASKING, Analysis.TOP_WORDS)) {
      Standardizer standardizer = Standardizer.fit(data.matrix(), data.rowsOf(Split.TRAIN));
      if (settings.wants(Analysis.MASKING)) {
        timed(Analysis.MASKING, () -> masking(ranked, standardizer));
      }
      if (settings.wants(Analysis.TOP_WORDS)) {
        timed(Analysis.TOP_WORDS, () -> topWords(ranked, standardizer));
      }
    }
    if (settings.wants(Analysis.LAYERWISE)) {
      timed(Analysis.LAYERWISE, () -> layerwise(ranked, retraining));
    }
    if (settings.wants(Analysis.MINIMAL_SET, Analysis.REDUNDANCY)) {
      List<MinimalSetSearch> searches =
          ranked.stream()
              .map(concept -> new MinimalSetSearch(concept, data, retraining, fit, settings))
              .toList();
      timed(Analysis.MINIMAL_SET, () -> searches.forEach(this::minimalSet));
      if (settings.wants(Analysis.REDUNDANCY)) {
        timed(Analysis.REDUNDANCY, () -> searches.forEach(this::redundancy));
      }
      searches.forEach(search -> building.get(search.name()).notes.addAll(search.notes()));
    }
  }

  private void timed(Analysis analysis, Runnable work) {
    long start = System.nanoTime();
    work.run();
    seconds.put(analysis, (System.nanoTime() - start) / 1e9);
    steps.next();
  }

  /** Controls are yardsticks: they end as near to their optimum as their comparison needs. */
  private void selectivity(List<ConceptLabels> concepts, List<FitResult.Fitted> probes) {
    List<FitResult> controls =
        ProbeFit.fit(
            data.matrix(),
            data.rows(),
            data.split(),
            List.of(),
            controls(concepts, data, settings),
            Map.of(),
            fit,
            scratch,
            steps.ofFit());
    for (int k = 0; k < probes.size(); k++) {
      building.get(probes.get(k).concept()).selectivity =
          selectivity(concepts.get(k), probes.get(k), controls);
    }
  }

  private Optional<Selectivity> selectivity(
      ConceptLabels concept, FitResult.Fitted probe, List<FitResult> controls) {
    List<Evaluation> drawn =
        IntStream.range(0, settings.controlDraws())
            .mapToObj(draw -> ControlTask.name(probe.concept(), draw))
            .flatMap(name -> evaluation(name, controls).stream())
            .filter(evaluation -> evaluation.accuracy().isPresent())
            .toList();
    OptionalDouble own = probe.evaluation().accuracy();
    if (own.isEmpty() || drawn.isEmpty()) {
      return Optional.empty();
    }
    Answers answers =
        Transfer.answers(probe.probe(), data.matrix(), data.rows(), data.split(), concept, fit);
    return Optional.of(
        Selectivity.of(
            own.getAsDouble(),
            drawn.stream().mapToDouble(control -> control.accuracy().getAsDouble()).toArray(),
            SeenTypes.of(concept, data)
                .measure(answers, drawn.stream().map(Evaluation::answers).toList())));
  }

  private static Optional<Evaluation> evaluation(String control, List<FitResult> controls) {
    for (FitResult result : controls) {
      if (result instanceof FitResult.Fitted fitted && fitted.concept().equals(control)) {
        return Optional.of(fitted.evaluation());
      }
    }
    return Optional.empty();
  }

  /** Also by the rule of the paper, whose findings people want to see beside theirs. */
  private void masking(List<RankedConcept> ranked, Standardizer standardizer) {
    List<RankedConcept> byPaper =
        fit.method() == RankingMethod.CONTRIBUTION
            ? ranked.stream().flatMap(concept -> byLca(concept).stream()).toList()
            : List.of();
    List<List<AblationPoint>> curves =
        new Ablation(data, standardizer, fit.standardize(), Ablation.Masking.ofReport(settings))
            .of(Stream.concat(ranked.stream(), byPaper.stream()).toList(), steps);
    for (int k = 0; k < ranked.size(); k++) {
      of(ranked.get(k)).ablation = curves.get(k);
    }
    for (int k = 0; k < byPaper.size(); k++) {
      of(byPaper.get(k)).lcaAblation = curves.get(ranked.size() + k);
    }
  }

  private Optional<RankedConcept> byLca(RankedConcept concept) {
    return RankedConcept.of(concept.labels(), concept.fitted(), fit.withMethod(RankingMethod.LCA));
  }

  private void topWords(List<RankedConcept> ranked, Standardizer standardizer) {
    int[] neurons =
        ranked.stream().flatMapToInt(c -> Arrays.stream(first(c))).distinct().sorted().toArray();
    Map<Integer, NeuronWords> words = TopWords.of(data, standardizer, neurons, steps);
    for (RankedConcept concept : ranked) {
      of(concept).topWords = Arrays.stream(first(concept)).mapToObj(words::get).toList();
    }
  }

  private int[] first(RankedConcept concept) {
    int most = Math.min(settings.topWordsNeurons(), concept.order().length);
    return Arrays.copyOf(concept.order(), most);
  }

  private void layerwise(List<RankedConcept> ranked, Retraining retraining) {
    List<List<OptionalDouble>> accuracies = LayerProbes.of(ranked, data.layers(), retraining);
    for (int k = 0; k < ranked.size(); k++) {
      of(ranked.get(k)).layerwise = accuracies.get(k);
    }
  }

  private void minimalSet(MinimalSetSearch search) {
    building.get(search.name()).minimalSet = search.find();
  }

  private void redundancy(MinimalSetSearch search) {
    Building made = building.get(search.name());
    made.minimalSet = made.minimalSet.map(search::beside);
  }

  private Building of(RankedConcept concept) {
    return building.get(concept.name());
  }
}
