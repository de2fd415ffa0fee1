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
    double[] medians;
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder);
        Encoder full = Encoders.load(checkpoint, Dtype.FLOAT32);
        Encoder half = Encoders.load(checkpoint, Dtype.BFLOAT16);
        NDManager parent = TorchEngine.newManager()) {
      medians =
          Seconds.medians(
              WARM_UP,
              rounds,
              () -> Seconds.of(parent, m -> full.words(m, batch, Aggregation.LAST)),
              () -> Seconds.of(parent, m -> half.words(m, batch, Aggregation.LAST)));
      difference(parent, full, half, batch);
    }
    System.out.printf("%d threads%n", TorchEngine.threads());
    double tokens = batch.ids().length * (double) batch.paddedLength();
    System.out.printf("float32  %8.0f tokens/s%n", tokens / medians[0]);
    System.out.printf("bfloat16 %8.0f tokens/s%n", tokens / medians[1]);
    System.out.printf("bfloat16 is %.2f times float32%n", medians[0] / medians[1]);
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
}
