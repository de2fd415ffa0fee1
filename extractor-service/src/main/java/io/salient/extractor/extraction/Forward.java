package io.salient.extractor.extraction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.model.NonFiniteOutputException;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.torch.TorchEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
final class Forward implements AutoCloseable {
  /** Batches of a plan from which on its time is foretold. */
  private static final int WORTH_MEASURING = 10;

  private final FrozenLayers.Words words;
  private final ExtractionCorpus corpus;
  private final Dtype dtype;
  private final Deque<Computed> ahead = new ArrayDeque<>();
  private int rows;
  private int blocks;

  /** Vectors of a batch, and what frees them. */
  private record Computed(NDManager manager, NDArray vectors) implements AutoCloseable {
    @Override
    public void close() {
      manager.close();
    }
  }

  /**
   * @param corpus whose words they are
   * @param dtype that the model computes in
   */
  Forward(FrozenLayers.Words words, ExtractionCorpus corpus, Dtype dtype) {
    this.words = words;
    this.corpus = corpus;
    this.dtype = dtype;
  }

  /**
   * Seconds that all batches will take, by the second one: the first is slower than all others.
   * Both are kept for {@link #run}. 0 where the plan is too short for it to tell anything.
   */
  double expectedSeconds(ExtractionCorpus.Plan plan) {
    List<ExtractionCorpus.Batch> batches = plan.batches();
    if (batches.size() < WORTH_MEASURING) {
      return 0;
    }
    ahead.add(compute(0, batches.get(0)));
    long start = System.nanoTime();
    ahead.add(compute(1, batches.get(1)));
    double seconds = (System.nanoTime() - start) / 1e9;
    long all = batches.stream().mapToLong(Forward::subwords).sum();
    return seconds * all / subwords(batches.get(1));
  }

  private static long subwords(ExtractionCorpus.Batch batch) {
    return (long) batch.words().ids().length * batch.words().paddedLength();
  }

  private Computed compute(int i, ExtractionCorpus.Batch batch) {
    NDManager manager = TorchEngine.newManager();
    try {
      return new Computed(manager, words.of(manager, i, batch.words()));
    } catch (NonFiniteOutputException e) {
      manager.close();
      throw NonFiniteActivations.at(corpus, batch, dtype, e);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
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
      for (int i = 0; i < plan.batches().size(); i++) {
        ExtractionCorpus.Batch batch = plan.batches().get(i);
        if (stop.getAsBoolean()) {
          throw new CancellationException("the extraction was stopped");
        }
        Computed computed = ahead.isEmpty() ? compute(i, batch) : ahead.remove();
        try {
          await(sending);
          sending =
              sender.submit(
                  () -> {
                    send(run, batch, computed, cutter, sink);
                    progress.sent(rows, plan.rows(), blocks);
                  });
        } catch (RuntimeException | Error e) {
          computed.close();
          throw e;
        }
      }
      await(sending);
    }
  }

  private void send(
      String run,
      ExtractionCorpus.Batch batch,
      Computed computed,
      BlockCutter cutter,
      BlockSink sink) {
    try (computed) {
      blocks +=
          cutter.cut(
              batch.rows(), TorchEngine.memory(computed.vectors()), block -> sink.send(run, block));
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

  /** Frees what was computed ahead and not sent. */
  @Override
  public void close() {
    ahead.forEach(Computed::close);
  }
}
