package io.salient.extractor.extraction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.model.Encoder;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/**
 * Batches through the model: while one is cut into blocks and sent, the next is computed. At most
 * two are in memory.
 */
final class Forward {
  private static final int WORTH_MEASURING = 20;

  private final Encoder encoder;
  private final Aggregation aggregation;
  private final int[] layers;
  private int rows;
  private int blocks;

  Forward(Encoder encoder, Aggregation aggregation, int[] layers) {
    this.encoder = encoder;
    this.aggregation = aggregation;
    this.layers = layers;
  }

  /**
   * How long all batches will take, by the first, which goes through the model twice for it: the
   * first time is slower than all others. 0 where the plan is too short for that to be worth it.
   */
  double expectedSeconds(ExtractionCorpus.Plan plan) {
    if (plan.batches().size() < WORTH_MEASURING) {
      return 0;
    }
    ExtractionCorpus.Batch first = plan.batches().getFirst();
    compute(first);
    long start = System.nanoTime();
    compute(first);
    double seconds = (System.nanoTime() - start) / 1e9;
    long all = plan.batches().stream().mapToLong(Forward::subwords).sum();
    return seconds * all / subwords(first);
  }

  private void compute(ExtractionCorpus.Batch batch) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray vectors = encoder.words(manager, batch.words(), aggregation, layers);
      if (vectors.getShape().get(0) != batch.rows().length) {
        throw new IllegalStateException(vectors.getShape() + " of " + batch.rows().length);
      }
    }
  }

  private static long subwords(ExtractionCorpus.Batch batch) {
    return (long) batch.words().ids().length * batch.words().paddedLength();
  }

  void run(
      String run,
      ExtractionCorpus.Plan plan,
      BlockCutter cutter,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop) {
    try (ExecutorService sender =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("salient-blocks").factory())) {
      Future<?> sending = null;
      for (ExtractionCorpus.Batch batch : plan.batches()) {
        if (stop.getAsBoolean()) {
          throw new CancellationException("the extraction was stopped");
        }
        NDManager manager = TorchEngine.newManager();
        try {
          NDArray vectors = encoder.words(manager, batch.words(), aggregation, layers);
          await(sending);
          sending =
              sender.submit(
                  () -> {
                    send(run, batch, manager, vectors, cutter, sink);
                    progress.sent(rows, plan.rows(), blocks);
                  });
        } catch (RuntimeException | Error e) {
          manager.close();
          throw e;
        }
      }
      await(sending);
    }
  }

  private void send(
      String run,
      ExtractionCorpus.Batch batch,
      NDManager manager,
      NDArray vectors,
      BlockCutter cutter,
      BlockSink sink) {
    try (manager) {
      blocks +=
          cutter.cut(batch.rows(), TorchEngine.memory(vectors), block -> sink.send(run, block));
      rows += batch.rows().length;
    }
  }

  private static void await(Future<?> sending) {
    if (sending == null) {
      return;
    }
    try {
      sending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while sending blocks", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
