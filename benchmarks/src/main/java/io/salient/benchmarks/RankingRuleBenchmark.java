package io.salient.benchmarks;

import static java.util.Comparator.comparingLong;

import io.salient.lca.NeuronColumns;
import io.salient.lca.drift.HalfRanking;
import io.salient.lca.drift.ReplicateHalves;
import io.salient.lca.drift.Reproducibility;
import io.salient.lca.evaluation.AblationPoint;
import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.CheckpointEvaluation;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.evaluation.Findings;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.SentenceHalves;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.RankingMethod;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the rules that rank a probe's neurons are worth, on a real checkpoint: how far another half
 * of the corpus finds the same first neurons, what accuracy is left with the first 20 % of all
 * neurons kept, and what probes reach that are retrained on the first 100. Arguments: a checkpoint,
 * or a run, whose last one it then is; a CoNLL-U file; splits, 5 by default.
 *
 * <p>All rules rank the same probes. Those retrained have the default penalties in every row, so
 * that rows differ by their neurons only.
 */
public final class RankingRuleBenchmark {
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");
  private static final List<RankingMethod> RULES =
      List.of(RankingMethod.LCA, RankingMethod.NEUROX, RankingMethod.CONTRIBUTION);
  private static final double[] L2 = {1e-4, 1e-3};
  private static final double KEPT = 0.2;
  private static final int FIRST = 100;
  private static final FitSettings DEFAULTS = FitSettings.defaults();

  private final ExtractedWords words;
  private final EvaluationData data;
  private final int splits;

  private RankingRuleBenchmark(ExtractedWords words, int splits) {
    this.words = words;
    this.data = words.data();
    this.splits = splits;
  }

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    TorchEngine.start();
    Path checkpoint = checkpoint(Path.of(arguments[0]));
    ExtractedWords words = ExtractedWords.of(checkpoint, Path.of(arguments[1]), CONCEPTS);
    int splits = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    System.out.printf(
        "%s: %d words, %d neurons, %d splits%n%n",
        checkpoint.getFileName(), words.data().rows().length, words.width(), splits);
    System.out.println(
        "| concept | l2 | accuracy | rule | reproducibility | 20 % kept | first 100 retrained |"
            + " ranked |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    RankingRuleBenchmark benchmark = new RankingRuleBenchmark(words, splits);
    for (double l2 : L2) {
      benchmark.rows(DEFAULTS.withPenalties(DEFAULTS.l1(), l2));
    }
  }

  /** The last checkpoint of a run, or the checkpoint itself. */
  private static Path checkpoint(Path given) throws IOException {
    if (Files.exists(given.resolve("config.json"))) {
      return given;
    }
    try (Stream<Path> folders = Files.list(given)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("checkpoint-\\d+"))
          .max(comparingLong(RankingRuleBenchmark::step))
          .orElseThrow(() -> new IllegalArgumentException("no checkpoints in " + given));
    }
  }

  private static long step(Path folder) {
    return Long.parseLong(folder.getFileName().toString().substring("checkpoint-".length()));
  }

  private void rows(FitSettings settings) {
    List<FitResult.Fitted> probes =
        words.fit(words.concepts(), List.of(), Map.of(), settings).stream()
            .map(FitResult.Fitted.class::cast)
            .toList();
    List<Map<RankingMethod, Double>> reproducibility = reproducibility(probes, settings);
    for (int k = 0; k < probes.size(); k++) {
      for (RankingMethod rule : RULES) {
        NeuronRanking ranking = ranking(probes.get(k), rule);
        System.out.printf(
            "| %s | %.0e | %.3f | %s | %.2f | %.3f | %.3f | %d |%n",
            probes.get(k).concept(),
            settings.l2(),
            probes.get(k).evaluation().accuracy().orElseThrow(),
            rule.text(),
            reproducibility.get(k).get(rule),
            kept(probes.get(k), words.concepts().get(k), settings.withMethod(rule)),
            retrained(words.concepts().get(k), ranking.top(FIRST)),
            ranking.size());
      }
    }
  }

  private static NeuronRanking ranking(FitResult.Fitted probe, RankingMethod rule) {
    return ranker(rule).rank(probe.probe().weights(), probe.neurons(), counts(probe)).orElseThrow();
  }

  private static ProbeRanker ranker(RankingMethod rule) {
    return new ProbeRanker(rule, DEFAULTS.minLabelCount());
  }

  private static int[] counts(FitResult.Fitted probe) {
    return probe.evaluation().labels().stream().mapToInt(LabelScore::trainCount).toArray();
  }

  /** By concept and rule, all from the same fits. */
  private List<Map<RankingMethod, Double>> reproducibility(
      List<FitResult.Fitted> probes, FitSettings settings) {
    int k = HalfRanking.depth(words.width());
    List<Map<RankingMethod, List<ReplicateHalves.Pair>>> pairs =
        probes.stream().map(probe -> noPairs()).toList();
    try (Arena arena = Arena.ofShared()) {
      ReplicateFits.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          SentenceHalves.of(data.sentences()),
          words.concepts(),
          splits,
          settings.withMethod(RankingMethod.CONTRIBUTION).forHalves(), // for all, as they fit alike
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE,
          (split, concept, first, second) -> {
            int[] counts = counts(probes.get(concept));
            pairs
                .get(concept)
                .forEach(
                    (rule, of) ->
                        of.add(
                            new ReplicateHalves.Pair(
                                half(rule, first, counts, k), half(rule, second, counts, k))));
          });
    }
    return pairs.stream().map(of -> means(of, k)).toList();
  }

  private static Map<RankingMethod, List<ReplicateHalves.Pair>> noPairs() {
    Map<RankingMethod, List<ReplicateHalves.Pair>> none = new EnumMap<>(RankingMethod.class);
    RULES.forEach(rule -> none.put(rule, new ArrayList<>()));
    return none;
  }

  private static HalfRanking half(
      RankingMethod rule, ReplicateFits.Half half, int[] counts, int k) {
    if (!half.certificate().converged()) {
      throw new IllegalStateException("a half did not converge: " + half.certificate());
    }
    return HalfRanking.of(ranker(rule), half.probe(), half.neurons(), counts, k);
  }

  private Map<RankingMethod, Double> means(
      Map<RankingMethod, List<ReplicateHalves.Pair>> pairs, int k) {
    Map<RankingMethod, Double> means = new EnumMap<>(RankingMethod.class);
    pairs.forEach(
        (rule, of) -> {
          int labels = of.getFirst().first().labels().length;
          List<String> names =
              Stream.iterate(0, l -> l + 1).limit(labels).map(l -> "" + l).toList();
          means.put(
              rule,
              Reproducibility.of(
                      new ReplicateHalves(
                          data.layers(), names, k, ReplicateHalves.FEWEST_SENTENCES, true, of))
                  .orElseThrow()
                  .mean());
        });
    return means;
  }

  /** Accuracy on the test words with the first 20 % kept, the rest at its mean. */
  private double kept(FitResult.Fitted probe, ConceptLabels labels, FitSettings settings) {
    try (Arena arena = Arena.ofShared()) {
      Findings findings =
          CheckpointEvaluation.of(
                  data,
                  List.of(labels),
                  List.of(probe),
                  settings,
                  EvaluationSettings.of(Set.of(Analysis.MASKING)),
                  bytes -> arena.allocate(bytes, 64),
                  FitProgress.NONE)
              .findings()
              .get(probe.concept());
      return findings.ablation().stream()
          .filter(point -> point.kept() == KEPT)
          .mapToDouble(AblationPoint::top)
          .findFirst()
          .orElseThrow();
    }
  }

  private double retrained(ConceptLabels labels, int[] neurons) {
    try (Arena arena = Arena.ofShared()) {
      FitResult result =
          ProbeFit.fit(
                  new NeuronColumns(data.matrix(), neurons),
                  data.rows(),
                  data.split(),
                  List.of(labels),
                  Map.of(),
                  DEFAULTS,
                  bytes -> arena.allocate(bytes, 64),
                  FitProgress.NONE)
              .getFirst();
      return ((FitResult.Fitted) result).evaluation().accuracy().orElseThrow();
    }
  }
}
