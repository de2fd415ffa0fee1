package io.salient.extractor.extraction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
  private final FrozenLayers.Words words;
  private final BlockCutter cutter;
  private final BlockSink sink;
  private int rows;
  private int blocks;

  Forward(FrozenLayers.Words words, BlockCutter cutter, BlockSink sink) {
    this.words = words;
    this.cutter = cutter;
    this.sink = sink;
  }

  void run(
      String run, ExtractionCorpus.Plan plan, ExtractionProgress progress, BooleanSupplier stop) {
    try (ExecutorService sender =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("salient-blocks").factory())) {
      Future<?> sending = null;
      for (int i = 0; i < plan.batches().size(); i++) {
        ExtractionCorpus.Batch batch = plan.batches().get(i);
        if (stop.getAsBoolean()) {
          throw new CancellationException("the extraction was stopped");
        }
        NDManager manager = TorchEngine.newManager();
        try {
          NDArray vectors = words.of(manager, i, batch.words());
          await(sending);
          sending = sender.submit(() -> send(run, batch, manager, vectors, plan, progress));
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
      ExtractionCorpus.Plan plan,
      ExtractionProgress progress) {
    try (manager) {
      blocks +=
          cutter.cut(batch.rows(), TorchEngine.memory(vectors), block -> sink.send(run, block));
      rows += batch.rows().length;
      progress.sent(rows, plan.rows(), blocks);
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
