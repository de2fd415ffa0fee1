package io.salient.benchmarks;

import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.SentenceHalves;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds of the joint fit of three concepts on real checkpoints: from zero, from the probes of the
 * checkpoint before, and of eleven pairs of halves. Arguments: tolerance, run folder, CoNLL-U file.
 */
public final class CheckpointFitBenchmark {
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");
  private static final int SPLITS = 11;

  private CheckpointFitBenchmark() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    double tolerance =
        arguments.length > 0
            ? Double.parseDouble(arguments[0])
            : FitSettings.defaults().tolerance();
    Path run = Path.of(arguments.length > 1 ? arguments[1] : "../shared/runs/bert-genre");
    Path corpus =
        Path.of(
            arguments.length > 2
                ? arguments[2]
                : "../shared/data/ud-english-ewt/en_ewt-ud-dev.conllu");
    FitSettings settings = FitSettings.defaults().withEnd(tolerance, 1_000);
    TorchEngine.start();
    ExtractedWords before = ExtractedWords.of(run.resolve("checkpoint-0"), corpus, CONCEPTS);
    ExtractedWords after = ExtractedWords.of(run.resolve("checkpoint-20"), corpus, CONCEPTS);
    fit("warm-up", before, Map.of(), settings);
    for (String concept : CONCEPTS) {
      fit(concept, before, List.of(named(before, concept)), Map.of(), settings);
    }
    Map<String, Probe> probes = fit("checkpoint 0, cold", before, Map.of(), settings);
    fit("checkpoint 20, cold", after, Map.of(), settings);
    fit("checkpoint 20, warm", after, probes, settings);
    replicates(before, probes, settings);
  }

  private static ConceptLabels named(ExtractedWords words, String concept) {
    return words.concepts().stream()
        .filter(labels -> labels.concept().equals(concept))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Probe> fit(
      String name, ExtractedWords words, Map<String, Probe> warm, FitSettings settings) {
    return fit(name, words, words.concepts(), warm, settings);
  }

  private static Map<String, Probe> fit(
      String name,
      ExtractedWords words,
      List<ConceptLabels> concepts,
      Map<String, Probe> warm,
      FitSettings settings) {
    EvaluationData data = words.data();
    Map<String, Probe> probes = new HashMap<>();
    try (Arena arena = Arena.ofShared()) {
      long start = System.nanoTime();
      List<FitResult> results =
          ProbeFit.fit(
              data.matrix(),
              data.rows(),
              data.split(),
              concepts,
              warm,
              settings,
              bytes -> arena.allocate(bytes, 64),
              FitProgress.NONE);
      System.out.printf("%-22s %6.2f s%n", name, Seconds.since(start));
      for (FitResult result : results) {
        FitResult.Fitted fitted = (FitResult.Fitted) result;
        System.out.printf(
            "  %-8s %4d evaluations %6.2f s  objective %.7f  step %.1e%n",
            fitted.concept(),
            fitted.certificate().evaluations(),
            fitted.seconds(),
            fitted.certificate().objective(),
            fitted.certificate().relativeStep());
        probes.put(fitted.concept(), fitted.probe());
      }
    }
    return probes;
  }

  private static void replicates(
      ExtractedWords words, Map<String, Probe> full, FitSettings settings) {
    EvaluationData data = words.data();
    try (Arena arena = Arena.ofShared()) {
      long start = System.nanoTime();
      ReplicateFits.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          SentenceHalves.of(data.sentenceStarts(), data.matrix().rows()),
          words.concepts(),
          full,
          SPLITS,
          settings,
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE,
          (split, concept, first, second) -> {});
      System.out.printf("halves of %d splits   %6.2f s%n", SPLITS, Seconds.since(start));
    }
  }
}
