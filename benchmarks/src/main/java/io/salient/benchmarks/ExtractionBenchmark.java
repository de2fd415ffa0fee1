package io.salient.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.model.WordBatch;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.SafetensorsFolder;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Tokens per second through a model of BERT-base's size with random weights, in batches of 2,048
 * tokens: the extractor's program (one vector per word and layer at the end), against the same
 * model in NDArray operations, and the matrix products alone on the same kernels. The three take
 * turns, so that a busy machine is busy for all; each round is one batch, the median counts.
 */
public final class ExtractionBenchmark {
  private static final int SENTENCES = 32;
  private static final int LENGTH = 64;
  private static final int TOKENS = SENTENCES * LENGTH;
  private static final int WARM_UP = 2;

  private static final String PRODUCTS =
      """
      def products(self, x: Tensor, y: Tensor, w: List[Tensor], blocks: int) -> Tensor:
        for i in range(blocks):
          o = torch.mul(i, 8)
          q = (self).linear(x, w[o], w[torch.add(o, 1)])
          a = (self).linear(x, w[torch.add(o, 2)], w[torch.add(o, 3)])
          f = (self).linear(x, w[torch.add(o, 4)], w[torch.add(o, 5)])
          g = (self).linear(y, w[torch.add(o, 6)], w[torch.add(o, 7)])
        return torch.zeros_like(x)
      """;

  private ExtractionBenchmark() {}

  /** Argument: rounds, 7 when missing. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    RandomBert.withFolder(folder -> measure(folder, rounds));
  }

  private static void measure(Path folder, int rounds) {
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder);
        Encoder encoder = Encoders.load(checkpoint);
        SafetensorsFolder weights = SafetensorsFolder.open(folder);
        TorchProgram products = TorchProgram.compile("products", PRODUCTS);
        NDManager manager = TorchEngine.newManager()) {
      WordBatch batch = batch();
      NDArray ids = ids(manager, batch);
      NdArrayBert rival = rival(weights, manager);
      System.out.printf(
          "largest difference between the two: %.1e%n",
          difference(manager, encoder, rival, batch, ids));
      Object[] gemm = gemmArguments(manager, weights);
      double[] medians =
          Seconds.medians(
              WARM_UP,
              rounds,
              () -> Seconds.of(manager, m -> encoder.words(m, batch, Aggregation.LAST)),
              () -> Seconds.of(manager, m -> rival.hiddenStates(m, ids)),
              () -> Seconds.of(manager, m -> products.call(m, "products", gemm)));
      report(medians[0], medians[1], medians[2]);
    }
  }

  private static void report(double ours, double rival, double gemm) {
    double linear =
        2.0
            * TOKENS
            * RandomBert.BLOCKS
            * RandomBert.HIDDEN
            * (4.0 * RandomBert.HIDDEN + 2.0 * RandomBert.INTERMEDIATE);
    double attention = 4.0 * TOKENS * LENGTH * RandomBert.HIDDEN * RandomBert.BLOCKS;
    double gemmRate = linear / gemm / 1e9;
    System.out.printf(
        "%d threads, batches of %d x %d tokens%n", TorchEngine.threads(), SENTENCES, LENGTH);
    System.out.printf("%-32s %10s %10s %8s%n", "", "tokens/s", "GFLOP/s", "of GEMM");
    row("BertEncoder, rows out", ours, linear + attention, gemmRate);
    row("NDArray operations", rival, linear + attention, gemmRate);
    row("linear layers alone (GEMM)", gemm, linear, gemmRate);
    System.out.printf("BertEncoder is %.2f times the NDArray version%n", rival / ours);
  }

  private static void row(String name, double seconds, double flop, double gemmRate) {
    double rate = flop / seconds / 1e9;
    System.out.printf(
        "%-32s %10.0f %10.1f %7.0f%%%n", name, TOKENS / seconds, rate, 100 * rate / gemmRate);
  }

  /** Every second subword ends a word. */
  static WordBatch batch() {
    Random random = new Random(7);
    long[][] ids = new long[SENTENCES][LENGTH];
    WordBatch.Word[] words = new WordBatch.Word[TOKENS / 2];
    for (int s = 0; s < SENTENCES; s++) {
      for (int t = 0; t < LENGTH; t++) {
        ids[s][t] = random.nextInt(RandomBert.VOCABULARY);
        if (t % 2 == 1) {
          words[(s * LENGTH + t) / 2] = new WordBatch.Word(s, t - 1, t);
        }
      }
    }
    return new WordBatch(ids, words);
  }

  private static NDArray ids(NDManager manager, WordBatch batch) {
    long[] flat = Arrays.stream(batch.ids()).flatMapToLong(Arrays::stream).toArray();
    return manager.create(flat, new Shape(SENTENCES, LENGTH));
  }

  private static NdArrayBert rival(SafetensorsFolder weights, NDManager manager) {
    Map<String, NDArray> arrays = new HashMap<>();
    weights.tensors().keySet().forEach(name -> arrays.put(name, weights.load(manager, name)));
    return new NdArrayBert(arrays, RandomBert.HEADS, RandomBert.BLOCKS);
  }

  private static Object[] gemmArguments(NDManager manager, SafetensorsFolder weights) {
    NDArray[] arrays = new NDArray[RandomBert.BLOCKS * 8];
    for (int i = 0; i < RandomBert.BLOCKS; i++) {
      String block = "encoder.layer." + i + ".";
      arrays[8 * i] =
          manager.randomNormal(
              0, 0.02f, new Shape(3 * RandomBert.HIDDEN, RandomBert.HIDDEN), DataType.FLOAT32);
      arrays[8 * i + 1] = manager.zeros(new Shape(3 * RandomBert.HIDDEN));
      String[] names = {"attention.output.dense", "intermediate.dense", "output.dense"};
      for (int j = 0; j < 3; j++) {
        arrays[8 * i + 2 + 2 * j] = weights.load(manager, block + names[j] + ".weight");
        arrays[8 * i + 3 + 2 * j] = weights.load(manager, block + names[j] + ".bias");
      }
    }
    return new Object[] {
      manager.randomNormal(new Shape(SENTENCES, LENGTH, RandomBert.HIDDEN)),
      manager.randomNormal(new Shape(SENTENCES, LENGTH, RandomBert.INTERMEDIATE)),
      arrays,
      RandomBert.BLOCKS
    };
  }

  private static double difference(
      NDManager parent, Encoder encoder, NdArrayBert rival, WordBatch batch, NDArray ids) {
    try (NDManager manager = parent.newSubManager()) {
      NDList ours = encoder.hiddenStates(manager, batch);
      NDList theirs = rival.hiddenStates(manager, ids);
      double worst = 0;
      for (int layer = 0; layer < ours.size(); layer++) {
        worst = Math.max(worst, ours.get(layer).sub(theirs.get(layer)).abs().max().getFloat());
      }
      return worst;
    }
  }
}
