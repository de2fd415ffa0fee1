package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When an announcement's offset is committed, and when not. */
class CheckpointWorkerTest {
  private static final TopicPartition ZERO = new TopicPartition("checkpoints", 0);
  private static final TopicPartition ONE = new TopicPartition("checkpoints", 1);

  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Long> waiting = new ArrayList<>();
  private final List<Map<TopicPartition, OffsetAndMetadata>> commits = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name()) {
        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
          commits.add(offsets);
          super.commitSync(offsets);
          if (commits.size() == 2) {
            closed.set(true);
          }
        }
      };

  private void assign() {
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(ZERO, ONE));
          consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
          consumer.updateEndOffsets(Map.of(ZERO, 2L, ONE, 3L));
          consumer.addRecord(record(0));
        });
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>("checkpoints", 0, offset, new byte[0], new byte[0]);
  }

  private CheckpointWorker worker(CheckpointWorker.Handler handler) {
    return new CheckpointWorker(
        () -> consumer,
        "checkpoints",
        handler,
        () -> {},
        new AnnouncementLag(waiting::add, Duration.ZERO));
  }

  @Test
  void shouldPollWhilePausedAndCommitWhenTheWorkIsDone() {
    // given: work that ends only after the consumer has polled once more
    CountDownLatch polledAgain = new CountDownLatch(1);
    List<Set<TopicPartition>> paused = new ArrayList<>();
    assign();
    consumer.schedulePollTask(
        () -> {
          paused.add(Set.copyOf(consumer.paused()));
          assertThat(commits).isEmpty();
          polledAgain.countDown();
          consumer.addRecord(record(1));
        });
    // when
    worker((announcement, stop) -> await(polledAgain)).consume(closed::get);
    // then
    assertThat(paused).containsExactly(Set.of(ZERO, ONE));
    assertThat(commits)
        .containsExactly(
            Map.of(ZERO, new OffsetAndMetadata(1)), Map.of(ZERO, new OffsetAndMetadata(2)));
  }

  @Test
  void shouldTellHowManyAnnouncementsAreNotDoneWhilePausedToo() {
    // given: two announcements in one partition, three in the other
    CountDownLatch polledAgain = new CountDownLatch(1);
    assign();
    consumer.schedulePollTask(
        () -> {
          polledAgain.countDown();
          consumer.addRecord(record(1));
        });
    // when
    worker((announcement, stop) -> await(polledAgain)).consume(closed::get);
    // then: the one in work counts until it is done
    assertThat(waiting).startsWith(5L).endsWith(3L).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void shouldStopWithoutACommitWhenThePartitionGoesElsewhere() {
    // given
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    assign();
    consumer.schedulePollTask(
        () -> {
          await(begun);
          consumer.rebalance(List.of(ONE));
          closed.set(true);
        });
    // when
    worker(
            (announcement, stop) -> {
              begun.countDown();
              while (!stop.getAsBoolean()) {
                Thread.onSpinWait();
              }
              stopped.countDown();
              throw new CancellationException();
            })
        .consume(closed::get);
    // then
    assertThat(stopped.getCount()).isZero();
    assertThat(commits).isEmpty();
  }

  @Test
  void shouldRethrowWhatTheWorkThrowsWithoutACommit() {
    assign();
    assertThatThrownBy(
            () ->
                worker(
                        (announcement, stop) -> {
                          throw new KafkaException("no broker");
                        })
                    .consume(closed::get))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("no broker");
    assertThat(commits).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
