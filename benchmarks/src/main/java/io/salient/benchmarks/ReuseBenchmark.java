package io.salient.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.model.WordBatch;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What frozen layers save on a model of BERT-base's size of which 10 of 12 blocks are frozen: a
 * batch through all layers, against the same from the output of block 10 on with the word vectors
 * below put in front. The layers' keys, which each checkpoint costs once, are timed beside. The two
 * take turns; the median counts.
 */
public final class ReuseBenchmark {
  private static final int FROZEN = 10;
  private static final int WARM_UP = 2;

  private ReuseBenchmark() {}

  /** Argument: rounds, 5 when missing. */
  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    RandomBert.withFolder(folder -> measure(folder, rounds));
  }

  private static void measure(Path folder, int rounds) {
    WordBatch batch = ExtractionBenchmark.batch();
    double[][] seconds = new double[3][rounds];
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder);
        Encoder encoder = Encoders.load(checkpoint);
        NDManager parent = TorchEngine.newManager()) {
      int[] all = IntStream.range(0, encoder.layers()).toArray();
      int[] above = IntStream.range(FROZEN + 1, encoder.layers()).toArray();
      NDList kept = encoder.wordsAndState(parent, batch, Aggregation.LAST, FROZEN, all);
      NDArray below = kept.get(0).get(":, :" + (FROZEN + 1) * encoder.hiddenSize());
      for (int round = -WARM_UP; round < rounds; round++) {
        double[] times = {
          seconds(parent, m -> encoder.words(m, batch, Aggregation.LAST)),
          seconds(
              parent,
              m -> {
                NDArray upper =
                    encoder.wordsAbove(m, batch, Aggregation.LAST, FROZEN, kept.get(1), above);
                below.concat(upper, 1).attach(m);
              }),
          seconds(parent, m -> encoder.layerKeys())
        };
        for (int i = 0; round >= 0 && i < 3; i++) {
          seconds[i][round] = times[i];
        }
      }
    }
    double whole = median(seconds[0]);
    double rest = median(seconds[1]);
    System.out.printf(
        "all layers %.3f s, above %d frozen blocks %.3f s: %.1f times; keys %.3f s a checkpoint%n",
        whole, FROZEN, rest, whole / rest, median(seconds[2]));
  }

  /** What is timed. */
  private interface Work {
    void on(NDManager manager);
  }

  private static double seconds(NDManager parent, Work work) {
    try (NDManager manager = parent.newSubManager()) {
      long start = System.nanoTime();
      work.on(manager);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
