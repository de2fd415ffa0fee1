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
import java.util.function.Consumer;
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
    double[] medians;
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder);
        Encoder encoder = Encoders.load(checkpoint);
        NDManager parent = TorchEngine.newManager()) {
      int[] all = IntStream.range(0, encoder.layers()).toArray();
      int[] above = IntStream.range(FROZEN + 1, encoder.layers()).toArray();
      NDList kept = encoder.wordsAndState(parent, batch, Aggregation.LAST, FROZEN, all);
      NDArray below = kept.get(0).get(":, :" + (FROZEN + 1) * encoder.hiddenSize());
      Consumer<NDManager> reuse =
          m -> {
            NDArray upper =
                encoder.wordsAbove(m, batch, Aggregation.LAST, FROZEN, kept.get(1), above);
            below.concat(upper, 1).attach(m);
          };
      medians =
          Seconds.medians(
              WARM_UP,
              rounds,
              () -> Seconds.of(parent, m -> encoder.words(m, batch, Aggregation.LAST)),
              () -> Seconds.of(parent, reuse),
              () -> Seconds.of(encoder::layerKeys));
    }
    double whole = medians[0];
    double rest = medians[1];
    System.out.printf(
        "all layers %.3f s, above %d frozen blocks %.3f s: %.1f times; keys %.3f s a checkpoint%n",
        whole, FROZEN, rest, whole / rest, medians[2]);
  }
}
