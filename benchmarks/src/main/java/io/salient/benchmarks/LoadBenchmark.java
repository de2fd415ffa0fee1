package io.salient.benchmarks;

import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Seconds from a checkpoint folder of BERT-base's size (440 MB in float32) that is in the page
 * cache to a model in memory, and where they go: the checkpoint id (SHA-256 of the weights), the
 * copy with its look for values that are not finite. The first rounds warm up; the median counts,
 * and the first round of the process, which a one-shot command pays, is told beside it.
 */
public final class LoadBenchmark {
  private static final int WARM_UP = 2;

  private LoadBenchmark() {}

  /** Argument: rounds, 7 when missing. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    RandomBert.withFolder(folder -> measure(folder, rounds));
  }

  private static void measure(Path folder, int rounds) throws IOException {
    TorchEngine.start();
    double[][] seconds = new double[3][rounds];
    double[] first = null;
    for (int round = -WARM_UP; round < rounds; round++) {
      double[] times = load(folder);
      first = first == null ? times : first;
      for (int i = 0; round >= 0 && i < 3; i++) {
        seconds[i][round] = times[i];
      }
    }
    double megabytes = Files.size(folder.resolve("model.safetensors")) / 1e6;
    System.out.printf(
        "%.0f MB, %d processors%n", megabytes, Runtime.getRuntime().availableProcessors());
    System.out.printf("%-32s %10s %10s %10s%n", "", "seconds", "MB/s", "first");
    String[] names = {"open and checkpoint id", "read the weights", "both"};
    for (int i = 0; i < 3; i++) {
      double median = Seconds.median(seconds[i]);
      System.out.printf(
          "%-32s %10.3f %10.0f %10.3f%n", names[i], median, megabytes / median, first[i]);
    }
  }

  private static double[] load(Path folder) {
    long start = System.nanoTime();
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      if (checkpoint.checkpointId().isEmpty()) {
        throw new IllegalStateException("no checkpoint id");
      }
      long identified = System.nanoTime();
      Encoder encoder = Encoders.load(checkpoint);
      long loaded = System.nanoTime();
      encoder.close();
      return new double[] {
        (identified - start) / 1e9, (loaded - identified) / 1e9, (loaded - start) / 1e9
      };
    }
  }
}
