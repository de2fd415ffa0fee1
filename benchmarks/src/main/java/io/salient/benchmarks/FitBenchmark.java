package io.salient.benchmarks;

import ai.djl.ndarray.NDManager;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.probe.optimiser.SoftmaxHeads;
import io.salient.lca.probe.optimiser.SoftmaxLoss;
import io.salient.lca.probe.optimiser.TrainRows;
import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Seconds of one joint evaluation beside the bare matrix products of the same kernels and shapes,
 * and of a cold and a warm fit: 10,000 train words, 9,984 neurons, five concepts of 150 labels in
 * all. Arguments: tolerances of the fit, by default FitSettings' own; with several, the rankings of
 * each are compared with those of the last.
 */
public final class FitBenchmark {
  private static final int TRAIN = 10_000;
  private static final int TEST = 2_000;
  private static final int TOP = 100;

  private FitBenchmark() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    double[] tolerances =
        arguments.length == 0
            ? new double[] {FitSettings.defaults().tolerance()}
            : Arrays.stream(arguments).mapToDouble(Double::parseDouble).toArray();
    TorchEngine.start();
    try (NDManager manager = TorchEngine.newManager();
        Arena arena = Arena.ofShared()) {
      PlantedActivations planted = new PlantedActivations(manager, arena, TRAIN + TEST);
      PlantedActivations.Matrix before = planted.checkpoint();
      List<ConceptLabels> concepts = planted.concepts(before);
      evaluation(before, concepts);
      PlantedActivations.Matrix after = planted.laterCheckpoint();
      List<List<FitResult>> fits = new ArrayList<>();
      for (double tolerance : tolerances) {
        FitSettings settings = FitSettings.defaults().withEnd(tolerance, 500);
        List<FitResult> first = fit("cold", before, concepts, Map.of(), settings);
        fits.add(first);
        Map<String, Probe> warm = new HashMap<>();
        for (FitResult result : first) {
          warm.put(result.concept(), fitted(result).probe());
        }
        fit("warm, next checkpoint", after, concepts, warm, settings);
      }
      fits.forEach(results -> compare(results, fits.getLast()));
    }
  }

  private static void evaluation(PlantedActivations.Matrix matrix, List<ConceptLabels> concepts) {
    try (Arena arena = Arena.ofShared()) {
      int width = PlantedActivations.WIDTH;
      MemorySegment rows = arena.allocate(4L * TRAIN * width, 64);
      MemorySegment.copy(matrix.values(), 0, rows, 0, rows.byteSize());
      int[] train = IntStream.range(0, TRAIN).toArray();
      Standardizer.fit(matrix, train).apply(rows, TRAIN);
      List<int[]> codes =
          concepts.stream().map(concept -> Arrays.copyOf(concept.codes(), TRAIN)).toList();
      List<float[]> points = new ArrayList<>();
      for (int labels : PlantedActivations.LABELS) {
        points.add(new float[labels * (width + 1)]);
      }
      try (SoftmaxLoss loss = new SoftmaxLoss(new TrainRows(rows, TRAIN, width))) {
        report(loss, new SoftmaxHeads(PlantedActivations.LABELS.clone(), codes), points);
      }
    }
  }

  private static void report(SoftmaxLoss loss, SoftmaxHeads heads, List<float[]> points) {
    double operations = loss.products(heads);
    EvaluationSeconds seconds = EvaluationSeconds.of(loss, heads, points);
    double bare = seconds.products();
    double whole = seconds.whole();
    System.out.printf(
        "matrix products        %6.3f s  %6.1f GFLOP/s%n", bare, operations / bare / 1e9);
    System.out.printf(
        "one evaluation         %6.3f s  %6.1f GFLOP/s  %3.0f %% of the products' rate%n",
        whole, operations / whole / 1e9, 100 * bare / whole);
  }

  private static List<FitResult> fit(
      String name,
      PlantedActivations.Matrix matrix,
      List<ConceptLabels> concepts,
      Map<String, Probe> warm,
      FitSettings settings) {
    byte[] parts = new byte[TRAIN + TEST];
    Arrays.fill(parts, TRAIN, TRAIN + TEST, Split.TEST);
    int[] rows = IntStream.range(0, TRAIN + TEST).toArray();
    try (Arena arena = Arena.ofShared()) {
      long start = System.nanoTime();
      List<FitResult> results =
          ProbeFit.fit(
              matrix,
              rows,
              Split.of(parts),
              concepts,
              warm,
              settings,
              bytes -> arena.allocate(bytes, 64),
              FitProgress.NONE);
      double seconds = Seconds.since(start);
      System.out.printf("%-22s %6.1f s  tolerance %.0e%n", name, seconds, settings.tolerance());
      results.forEach(result -> print(fitted(result)));
      return results;
    }
  }

  private static void print(FitResult.Fitted result) {
    long weights = 0;
    long nonZero = 0;
    for (float[] row : result.probe().weights()) {
      for (float weight : row) {
        weights++;
        nonZero += weight == 0 ? 0 : 1;
      }
    }
    System.out.printf(
        "  %-12s %3d evaluations  %5.1f s  objective %.6f  step %.1e  %s  accuracy %.3f  non-zero"
            + " %.3f%n",
        result.concept(),
        result.certificate().evaluations(),
        result.seconds(),
        result.certificate().objective(),
        result.certificate().relativeStep(),
        result.certificate().converged() ? "converged" : "NOT CONVERGED",
        result.evaluation().accuracy().orElse(Double.NaN),
        (double) nonZero / weights);
  }

  private static void compare(List<FitResult> some, List<FitResult> reference) {
    for (int k = 0; k < some.size(); k++) {
      int[] a = top(fitted(some.get(k)));
      int[] b = top(fitted(reference.get(k)));
      long common = Arrays.stream(a).filter(g -> Arrays.stream(b).anyMatch(h -> g == h)).count();
      System.out.printf(
          "top %d of %-10s %3d in common with the tightest tolerance%n",
          TOP, some.get(k).concept(), common);
    }
  }

  private static int[] top(FitResult.Fitted result) {
    float[][] weights = result.probe().weights();
    int[] counts =
        result.evaluation().labels().stream().mapToInt(label -> label.trainCount()).toArray();
    return Arrays.copyOf(
        LcaRanker.rank(weights, counts, 0).map(NeuronRanking::order).orElseThrow(), TOP);
  }

  private static FitResult.Fitted fitted(FitResult result) {
    return (FitResult.Fitted) result;
  }
}
