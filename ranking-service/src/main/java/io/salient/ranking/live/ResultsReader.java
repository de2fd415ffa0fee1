package io.salient.ranking.live;

import io.salient.streams.client.BrokerRefusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Follows the results topic on a thread of its own: all partitions from the beginning, committed
 * records only, without a group. After an error it starts over; what the view holds is written
 * again with the same records.
 */
@ApplicationScoped
public class ResultsReader {
  private static final Logger LOG = Logger.getLogger(ResultsReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ResultStream results;
  private volatile KafkaConsumer<String, byte[]> consumer;
  private volatile boolean closed;
  private volatile boolean caughtUp;
  private volatile String failure = "";
  private Thread thread;

  /** Feeds the view. */
  @Inject
  public ResultsReader(ResultStream results) {
    this.results = results;
  }

  /**
   * Starts to follow a topic.
   *
   * @param whenCaughtUp called once, on the thread that reads, when all that was there at the start
   *     is in the view
   */
  public void start(String topic, Map<String, Object> clientProperties, Runnable whenCaughtUp) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    thread =
        Thread.ofPlatform()
            .name("salient-results")
            .start(() -> follow(topic, properties, whenCaughtUp));
  }

  /** True once all that was there at the start is in the view. */
  public boolean caughtUp() {
    return caughtUp;
  }

  /** What keeps it from reading; empty while it reads. */
  public String failure() {
    return failure;
  }

  /** Stops and waits for the thread. */
  public void close() {
    closed = true;
    KafkaConsumer<String, byte[]> now = consumer;
    if (now != null) {
      now.wakeup();
    }
    if (thread != null) {
      join();
    }
  }

  private void join() {
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(String topic, Map<String, Object> properties, Runnable whenCaughtUp) {
    while (!closed) {
      try (KafkaConsumer<String, byte[]> opened =
          new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
        consumer = opened;
        read(opened, topic, whenCaughtUp);
      } catch (WakeupException e) {
        LOG.debug("reading of results was stopped", e);
      } catch (RuntimeException e) {
        String before = failure;
        failure = BrokerRefusal.told(e);
        if (!failure.equals(before)) { // else it was told: a password may be wrong for hours
          LOG.warnf("cannot read %s, trying again: %s", topic, failure);
        }
        pause();
      }
    }
  }

  private void read(KafkaConsumer<String, byte[]> opened, String topic, Runnable whenCaughtUp) {
    List<TopicPartition> partitions =
        opened.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    opened.assign(partitions);
    opened.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
    while (!closed) {
      for (ConsumerRecord<String, byte[]> record : opened.poll(POLL)) {
        results.apply(record.key(), record.value());
      }
      failure = "";
      if (!caughtUp
          && ends.entrySet().stream().allMatch(e -> opened.position(e.getKey()) >= e.getValue())) {
        whenCaughtUp.run();
        caughtUp = true;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
