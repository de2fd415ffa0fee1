package io.salient.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.model.WordBatch;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Tokens per second through a model of BERT-base's size with random weights, with its linear layers
 * in float32 and in bfloat16. The two take turns; each round is one batch, the median counts.
 */
public final class DtypeBenchmark {
  private static final int WARM_UP = 2;

  private DtypeBenchmark() {}

  /** Argument: rounds, 7 when missing. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    RandomBert.withFolder(folder -> measure(folder, rounds));
  }

  private static void measure(Path folder, int rounds) {
    WordBatch batch = ExtractionBenchmark.batch();
    double[][] seconds = new double[2][rounds];
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder);
        Encoder full = Encoders.load(checkpoint, Dtype.FLOAT32);
        Encoder half = Encoders.load(checkpoint, Dtype.BFLOAT16);
        NDManager parent = TorchEngine.newManager()) {
      for (int round = -WARM_UP; round < rounds; round++) {
        double[] times = {seconds(parent, full, batch), seconds(parent, half, batch)};
        for (int i = 0; round >= 0 && i < 2; i++) {
          seconds[i][round] = times[i];
        }
      }
      difference(parent, full, half, batch);
    }
    System.out.printf("%d threads%n", TorchEngine.threads());
    double tokens = batch.ids().length * (double) batch.paddedLength();
    double[] medians = {median(seconds[0]), median(seconds[1])};
    System.out.printf("float32  %8.0f tokens/s%n", tokens / medians[0]);
    System.out.printf("bfloat16 %8.0f tokens/s%n", tokens / medians[1]);
    System.out.printf("bfloat16 is %.2f times float32%n", medians[0] / medians[1]);
  }

  private static double seconds(NDManager parent, Encoder encoder, WordBatch batch) {
    try (NDManager manager = parent.newSubManager()) {
      long start = System.nanoTime();
      encoder.words(manager, batch, Aggregation.LAST);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void difference(NDManager parent, Encoder full, Encoder half, WordBatch batch) {
    try (NDManager manager = parent.newSubManager()) {
      NDArray a = full.words(manager, batch, Aggregation.LAST);
      NDArray b = half.words(manager, batch, Aggregation.LAST);
      double error = b.sub(a).square().sum().getFloat();
      System.out.printf(
          "largest difference %.3f, root mean square difference %.4f of the values'%n",
          b.sub(a).abs().max().getFloat(), Math.sqrt(error / a.square().sum().getFloat()));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
