package io.salient.extractor.extraction;

import io.micrometer.core.instrument.MeterRegistry;
import io.salient.schemas.Topics;
import io.salient.streams.client.BrokerRefusal;
import io.salient.streams.failure.TellingCause;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Keeps a {@link CheckpointWorker} going on a thread of its own: when Kafka fails, nothing of the
 * current announcement is committed, and after a pause, longer each time, it starts over with fresh
 * clients.
 */
public final class ExtractionLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ExtractionLoop.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration JOIN = Duration.ofSeconds(60);
  private static final Duration LAG_STANDS = Duration.ofSeconds(10);

  private final Map<String, Object> clientProperties;
  private final Topics topics;
  private final String groupId;
  private final Duration maxPause;
  private final Extraction extraction;
  private final ExtractionMeters meters;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String failure = "";

  /** Number of the consumer's open connections; its heartbeats keep one while there is a broker. */
  private volatile Metric connections;

  private Thread thread;

  /** Works for a consumer group. */
  public ExtractionLoop(
      Map<String, Object> clientProperties,
      Topics topics,
      String groupId,
      Duration maxPause,
      Extraction extraction,
      MeterRegistry registry) {
    this.clientProperties = clientProperties;
    this.topics = topics;
    this.groupId = groupId;
    this.maxPause = maxPause;
    this.extraction = extraction;
    this.meters = new ExtractionMeters(registry);
  }

  /** Starts the thread. */
  public void start() {
    thread = Thread.ofPlatform().name("salient-extractor").start(this::loop);
  }

  /** False once the thread has ended without being told to: only a restart helps. */
  public boolean alive() {
    return thread != null && thread.isAlive();
  }

  /** What keeps it from working; empty while it works. */
  public String failure() {
    Metric open = connections;
    boolean connected = open == null || !(open.metricValue() instanceof Double n) || n > 0;
    return failure.isEmpty() && !connected
        ? "no connection to Kafka (salient.kafka.bootstrap-servers)"
        : failure;
  }

  private void loop() {
    Duration pause = FIRST_PAUSE;
    while (!isClosed()) {
      long start = System.nanoTime();
      try (BlockPublisher publisher = new BlockPublisher(clientProperties, topics)) {
        worker(publisher).consume(this::isClosed);
      } catch (KafkaException e) {
        if (isClosed()) {
          return;
        }
        failure = BrokerRefusal.told(e);
        boolean worked = System.nanoTime() - start > maxPause.toNanos();
        pause = worked ? FIRST_PAUSE : min(pause.multipliedBy(2), maxPause);
        LOG.warnf("extraction stops and starts over in %d ms: %s", pause.toMillis(), failure);
        pause(pause);
      } catch (RuntimeException | Error e) { // the thread ends, and says why
        failure = TellingCause.of(e);
        LOG.errorf(
            "extraction has stopped; restart the service once the cause is gone: %s", failure);
        LOG.debug("where it came up", e);
        return;
      }
    }
  }

  private CheckpointWorker worker(BlockPublisher publisher) {
    Announcements announcements = new Announcements(extraction, publisher, meters);
    return new CheckpointWorker(
        this::consumer,
        topics.checkpoints(),
        announcements,
        () -> failure = "", // Kafka answers again
        new AnnouncementLag(meters::waiting, LAG_STANDS));
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            CheckpointWorker.consumerProperties(clientProperties, groupId),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    connections =
        consumer.metrics().entrySet().stream()
            .filter(metric -> metric.getKey().name().equals("connection-count"))
            .<Metric>map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    return consumer;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause(Duration length) {
    try {
      if (closed.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the current extraction without a commit, leaves the group, and waits for the thread. */
  @Override
  public void close() {
    closed.countDown();
    if (thread == null) {
      return;
    }
    try {
      thread.join(JOIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
