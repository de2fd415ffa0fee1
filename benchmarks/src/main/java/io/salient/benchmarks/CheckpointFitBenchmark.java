package io.salient.benchmarks;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.CheckpointEvaluation;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.SentenceHalves;
import io.salient.lca.probe.optimiser.Certificate;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds of the joint fit of three concepts on real checkpoints, and how near it comes: from
 * nothing, from the probes of the checkpoint before, of ten halves, of the controls, and without
 * l1. Arguments: a checkpoint, the next one, a CoNLL-U file. The truth that rankings are compared
 * with is the same fit to a gap of 1e-5.
 */
public final class CheckpointFitBenchmark {
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");
  private static final int SPLITS = 5;
  private static final double EXACT = 1e-5;
  private static final FitSettings SETTINGS = FitSettings.defaults();

  private CheckpointFitBenchmark() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    TorchEngine.start();
    Path corpus = Path.of(arguments[2]);
    ExtractedWords before = ExtractedWords.of(Path.of(arguments[0]), corpus, CONCEPTS);
    ExtractedWords after = ExtractedWords.of(Path.of(arguments[1]), corpus, CONCEPTS);
    System.out.printf("%d words, %d neurons%n", before.rows(), before.width());
    fit("warm-up", before, List.of(), Map.of(), SETTINGS);
    Fit cold = fit("cold", before, List.of(), Map.of(), SETTINGS);
    Fit next = fit("next checkpoint, cold", after, List.of(), Map.of(), SETTINGS);
    Fit warm = fit("next checkpoint, warm", after, List.of(), cold.probes, SETTINGS);
    halves(before, cold);
    controls(before, cold);
    Fit exact = fit("exact", before, List.of(), Map.of(), SETTINGS.withEnd(EXACT, 1_000));
    Fit exactNext = fit("exact, next", after, List.of(), cold.probes, SETTINGS.withEnd(EXACT, 500));
    agree("cold", cold, exact);
    agree("next, cold", next, exactNext);
    agree("next, warm", warm, exactNext);
    fit("without l1", before, List.of(), Map.of(), SETTINGS.withPenalties(0, 1e-3));
  }

  private record Fit(double seconds, Map<String, Probe> probes, Map<String, Double> objectives) {}

  private static Fit fit(
      String name,
      ExtractedWords words,
      List<ConceptLabels> controls,
      Map<String, Probe> warm,
      FitSettings settings) {
    long start = System.nanoTime();
    List<FitResult> results =
        words.fit(controls.isEmpty() ? words.concepts() : List.of(), controls, warm, settings);
    double seconds = Seconds.since(start);
    System.out.printf("%-22s %6.2f s%n", name, seconds);
    Map<String, Probe> probes = new HashMap<>();
    Map<String, Double> objectives = new HashMap<>();
    for (FitResult result : results) {
      FitResult.Fitted fitted = (FitResult.Fitted) result;
      Certificate certificate = fitted.certificate();
      System.out.printf(
          "  %-12s %3d evaluations  objective %.7f  gap %.1e  step %.1e  fit %.2f s  test %.4f%n",
          fitted.concept(),
          certificate.evaluations(),
          certificate.objective(),
          certificate.gap(),
          certificate.relativeStep(),
          fitted.seconds(),
          fitted.evaluation().accuracy().orElse(0));
      probes.put(fitted.concept(), fitted.probe());
      objectives.put(fitted.concept(), certificate.objective());
    }
    return new Fit(seconds, probes, objectives);
  }

  private static void agree(String name, Fit fit, Fit exact) {
    for (String concept : CONCEPTS) {
      System.out.printf(
          "%-12s %-8s true gap %.1e  Jaccard@100 with the exact ranking %.3f%n",
          name,
          concept,
          fit.objectives.get(concept) / exact.objectives.get(concept) - 1,
          FirstNeurons.jaccard(fit.probes.get(concept), exact.probes.get(concept), 100));
    }
  }

  private static void controls(ExtractedWords words, Fit plain) {
    List<ConceptLabels> controls =
        CheckpointEvaluation.controls(words.concepts(), words.data(), threeControls());
    Fit fit = fit("controls", words, controls, Map.of(), SETTINGS);
    System.out.printf(
        "%d controls: %.2f times the fit%n", controls.size(), fit.seconds / plain.seconds);
  }

  private static EvaluationSettings threeControls() {
    EvaluationSettings usual = EvaluationSettings.of(Analysis.FULL);
    return new EvaluationSettings(
        usual.chosen(),
        3,
        usual.randomDraws(),
        usual.delta(),
        usual.relative(),
        usual.disjointSets(),
        usual.topWordsNeurons(),
        usual.seed());
  }

  private static void halves(ExtractedWords words, Fit plain) {
    EvaluationData data = words.data();
    try (Arena arena = Arena.ofShared()) {
      long start = System.nanoTime();
      ReplicateFits.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          SentenceHalves.of(data.sentences()),
          words.concepts(),
          SPLITS,
          SETTINGS.forHalves(),
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE,
          (split, concept, first, second) ->
              System.out.printf(
                  "  split %d %-8s Jaccard@100 of the halves %.3f%n",
                  split,
                  CONCEPTS.get(concept),
                  FirstNeurons.jaccard(first.probe(), second.probe(), 100)));
      double seconds = Seconds.since(start);
      System.out.printf(
          "halves of %d splits   %6.2f s, %.2f times the fit%n",
          SPLITS, seconds, seconds / plain.seconds);
    }
  }
}
