package io.salient.extractor.extraction;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes announcements one at a time and hands each to a worker thread, while the consumer, paused,
 * keeps polling, so that an extraction may take as long as it likes.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>An announcement's offset is committed after all that it led to was acknowledged. A crash
 *       before that redelivers it, and all its rows are sent again.
 *   <li>When its partition goes to another instance, the extraction is stopped and nothing is
 *       committed: the other does it all.
 *   <li>An exception of the worker is rethrown by {@link #consume}; nothing was committed then.
 * </ol>
 */
final class CheckpointWorker {
  private static final Duration IDLE_POLL = Duration.ofMillis(200);
  private static final Duration BUSY_POLL = Duration.ofMillis(50);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final Handler handler;
  private final Runnable onAssigned;
  private final AnnouncementLag lag;
  private Running running;

  /** What is done with an announcement. */
  interface Handler {
    /**
     * Does all of it and returns when everything that was sent is acknowledged.
     *
     * @param stop asked now and then; a {@link CancellationException} is the answer to true
     */
    void handle(ConsumerRecord<byte[], byte[]> announcement, BooleanSupplier stop);
  }

  private record Running(TopicPartition partition, long offset, Future<?> end, AtomicBoolean stop) {
    void cancelAndWait() {
      stop.set(true);
      try {
        end.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | CancellationException e) {
        // it ends without a commit, whatever it was
      }
    }
  }

  CheckpointWorker(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String topic,
      Handler handler,
      Runnable onAssigned,
      AnnouncementLag lag) {
    this.consumers = consumers;
    this.topic = topic;
    this.handler = handler;
    this.onAssigned = onAssigned;
    this.lag = lag;
  }

  /** Settings of the consumer that this class counts on. */
  static Map<String, Object> consumerProperties(
      Map<String, Object> clientProperties, String groupId) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    // Only partitions that really move are revoked: others' extractions go on.
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    return properties;
  }

  /**
   * Works until it is told to stop.
   *
   * @throws KafkaException when Kafka fails, or the worker did because of it
   */
  void consume(BooleanSupplier closed) {
    try (ExecutorService executor =
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("salient-extraction").factory());
        Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.subscribe(List.of(topic), new Rebalance(consumer));
      try {
        while (!closed.getAsBoolean()) {
          for (ConsumerRecord<byte[], byte[]> announcement :
              consumer.poll(running == null ? IDLE_POLL : BUSY_POLL)) {
            begin(consumer, executor, announcement);
          }
          if (running != null && running.end().isDone()) {
            finish(consumer);
          }
          lag.look(consumer, running == null ? 0 : 1);
        }
      } finally {
        stopRunning();
      }
    }
  }

  private void begin(
      Consumer<byte[], byte[]> consumer,
      ExecutorService executor,
      ConsumerRecord<byte[], byte[]> announcement) {
    AtomicBoolean stop = new AtomicBoolean();
    Future<?> end = executor.submit(() -> handler.handle(announcement, stop::get));
    TopicPartition partition = new TopicPartition(announcement.topic(), announcement.partition());
    running = new Running(partition, announcement.offset(), end, stop);
    consumer.pause(consumer.assignment());
  }

  private void finish(Consumer<byte[], byte[]> consumer) {
    Running done = running;
    running = null;
    try {
      done.end().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      throw new KafkaException(String.valueOf(e.getCause().getMessage()), e.getCause());
    }
    consumer.commitSync(Map.of(done.partition(), new OffsetAndMetadata(done.offset() + 1)));
    consumer.resume(consumer.assignment());
  }

  private void stopRunning() {
    if (running != null) {
      running.cancelAndWait();
      running = null;
    }
  }

  /** Called by poll, on the consumer's thread. */
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;

    Rebalance(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      onAssigned.run();
      if (running != null) {
        consumer.pause(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (running != null && partitions.contains(running.partition())) {
        stopRunning();
        consumer.resume(consumer.assignment());
      }
    }
  }
}
