package io.salient.extractor.extraction;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * How many announcements are still to be done. The broker is asked now and then: the consumer is
 * paused while a checkpoint is extracted, and sees nothing that comes meanwhile.
 */
final class AnnouncementLag {
  private static final Logger LOG = Logger.getLogger(AnnouncementLag.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final LongConsumer told;
  private final Duration every;
  private long asked;

  /**
   * Asks for the ends of partitions.
   *
   * @param told the number of announcements in this instance's partitions that are not done
   * @param every how long an answer stands
   */
  AnnouncementLag(LongConsumer told, Duration every) {
    this.told = told;
    this.every = every;
    this.asked = System.nanoTime() - every.toNanos();
  }

  /**
   * Asks, if it is time to, on the consumer's thread.
   *
   * @param inWork announcements that were taken and are not done
   */
  void look(Consumer<byte[], byte[]> consumer, int inWork) {
    long now = System.nanoTime();
    if (now - asked < every.toNanos()) {
      return;
    }
    asked = now;
    Set<TopicPartition> assigned = consumer.assignment();
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(assigned, PATIENCE);
      long waiting = 0;
      for (TopicPartition partition : assigned) {
        waiting += Math.max(0, ends.get(partition) - consumer.position(partition, PATIENCE));
      }
      told.accept(waiting + inWork);
    } catch (TimeoutException e) { // the last answer stands; readiness tells of the broker
      LOG.debug("the number of waiting announcements is not known", e);
    }
  }
}
