package io.salient.benchmarks;

import io.salient.lca.NeuronColumns;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.ProbeFit;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the seconds of a cold joint fit grow with words, neurons and labels: quarters and halves of a
 * real checkpoint's, each beside the whole in one run. Arguments: a checkpoint, a CoNLL-U file.
 */
public final class GrowthBenchmark {
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");

  private final EvaluationData data;
  private final List<ConceptLabels> concepts;

  private GrowthBenchmark(ExtractedWords words) {
    this.data = words.data();
    this.concepts = words.concepts();
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    TorchEngine.start();
    new GrowthBenchmark(ExtractedWords.of(Path.of(arguments[0]), Path.of(arguments[1]), CONCEPTS))
        .run();
  }

  private void run() {
    fit("warm-up", 1, 1, concepts);
    fit("all", 1, 1, concepts);
    fit("a quarter of the words", 4, 1, concepts);
    fit("half of the words", 2, 1, concepts);
    fit("a quarter of the neurons", 1, 4, concepts);
    fit("half of the neurons", 1, 2, concepts);
    for (int k = 1; k < concepts.size(); k++) {
      fit(k + " of the concepts", 1, 1, concepts.subList(0, k));
    }
  }

  /** Fits the first of some words, and neurons evenly spread over all. */
  private void fit(String name, int wordShare, int neuronShare, List<ConceptLabels> some) {
    int[] rows = Arrays.copyOf(data.rows(), data.rows().length / wordShare);
    int width = data.matrix().width();
    int[] neurons = IntStream.range(0, width / neuronShare).map(d -> d * neuronShare).toArray();
    try (Arena arena = Arena.ofShared()) {
      long start = System.nanoTime();
      List<FitResult> results =
          ProbeFit.fit(
              neuronShare == 1 ? data.matrix() : new NeuronColumns(data.matrix(), neurons),
              rows,
              data.split(),
              some,
              Map.of(),
              FitSettings.defaults(),
              bytes -> arena.allocate(bytes, 64),
              FitProgress.NONE);
      System.out.printf(
          "%-26s %6d words %6d neurons %4d labels %7.2f s, evaluations %s%n",
          name,
          rows.length,
          neurons.length,
          some.stream().mapToInt(concept -> concept.labels().size()).sum(),
          Seconds.since(start),
          results.stream()
              .map(result -> ((FitResult.Fitted) result).certificate().evaluations())
              .toList());
    }
  }
}
