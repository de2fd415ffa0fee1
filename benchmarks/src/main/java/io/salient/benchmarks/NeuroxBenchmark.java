package io.salient.benchmarks;

import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Fits of three concepts beside NeuroX's {@code train_logistic_regression_probe} on the same
 * standardised rows, in one run. Arguments: a checkpoint, a CoNLL-U file, a Python that has torch
 * and NeuroX. The objective of both is the elastic net's, over the same words.
 */
public final class NeuroxBenchmark {
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");
  private static final FitSettings SETTINGS = FitSettings.defaults();

  /** Fits that are ended early: when they get to the objective at which NeuroX ends. */
  private static final List<Integer> EVALUATIONS = List.of(4, 6, 8);

  private NeuroxBenchmark() {}

  /** Prints seconds and objectives of ours, then NeuroX's. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    TorchEngine.start();
    ExtractedWords words =
        ExtractedWords.of(Path.of(arguments[0]), Path.of(arguments[1]), CONCEPTS);
    List<ConceptLabels> concepts = words.concepts();
    fit("warm-up", words, concepts, SETTINGS);
    fits("all three jointly", words, concepts);
    for (ConceptLabels concept : concepts) {
      fits(concept.concept() + " alone", words, List.of(concept));
    }
    System.exit(neurox(arguments[2], words, concepts));
  }

  private static int neurox(String python, ExtractedWords words, List<ConceptLabels> concepts)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("salient-neurox-");
    try {
      write(folder, words.data(), concepts);
      Process neurox =
          new ProcessBuilder(
                  python,
                  "benchmarks/neurox_fit.py",
                  folder.toString(),
                  Double.toString(SETTINGS.l1()),
                  Double.toString(SETTINGS.l2()))
              .inheritIO()
              .start();
      return neurox.waitFor();
    } finally {
      delete(folder);
    }
  }

  private static void fits(String name, ExtractedWords words, List<ConceptLabels> concepts) {
    fit(name, words, concepts, SETTINGS);
    for (int evaluations : EVALUATIONS) {
      FitSettings early = SETTINGS.withEnd(SETTINGS.tolerance(), evaluations);
      fit(name + ", " + evaluations + " evaluations", words, concepts, early);
    }
  }

  private static void fit(
      String name, ExtractedWords words, List<ConceptLabels> concepts, FitSettings settings) {
    long start = System.nanoTime();
    List<FitResult> results = words.fit(concepts, List.of(), Map.of(), settings);
    System.out.printf("ours, %-34s %6.2f s", name, Seconds.since(start));
    for (FitResult result : results) {
      FitResult.Fitted fitted = (FitResult.Fitted) result;
      System.out.printf("  %s %.5f", fitted.concept(), fitted.certificate().objective());
    }
    System.out.println();
  }

  /** The train words, standardised, and a file of classes for each concept. */
  private static void write(Path folder, EvaluationData data, List<ConceptLabels> concepts)
      throws IOException {
    int[] train = data.split().rowsOf(Split.TRAIN, data.rows());
    Standardizer standardizer = Standardizer.fit(data.matrix(), train);
    double[] mean = standardizer.mean();
    double[] inverseDeviation = standardizer.inverseDeviation();
    int width = data.matrix().width();
    ByteBuffer row = ByteBuffer.allocate(4 * width).order(ByteOrder.nativeOrder());
    float[] values = new float[width];
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("rows.f32"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i : train) {
        data.matrix().read(i, MemorySegment.ofArray(values));
        row.clear();
        for (int d = 0; d < width; d++) {
          row.putFloat((float) ((values[d] - mean[d]) * inverseDeviation[d]));
        }
        row.flip();
        while (row.hasRemaining()) {
          file.write(row);
        }
      }
    }
    for (ConceptLabels concept : concepts) {
      List<String> codes =
          Arrays.stream(train).mapToObj(i -> Integer.toString(concept.codes()[i])).toList();
      Files.write(folder.resolve(concept.concept() + ".classes"), codes);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
