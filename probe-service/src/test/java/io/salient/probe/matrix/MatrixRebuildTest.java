package io.salient.probe.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MatrixRebuildTest {
  private static final TopicPartition PARTITION = new TopicPartition("activations", 3);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MatrixRebuild rebuild = new MatrixRebuild(() -> consumer, MatrixEncoding.FLOAT32);
  private final List<Long> read = new ArrayList<>();

  private void log(long begin, long end) {
    consumer.updateBeginningOffsets(Map.of(PARTITION, begin));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    consumer.schedulePollTask(
        () -> {
          for (long offset = begin; offset < end; offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 3, offset, new byte[0], new byte[0]));
          }
        });
  }

  private void read(long first, long last) {
    rebuild.read(PARTITION, first, last, record -> read.add(record.offset()), () -> {});
  }

  @Test
  void shouldReadTheRangeAndNoMore() {
    log(0, 20);

    read(5, 8);

    assertThat(read).containsExactly(5L, 6L, 7L, 8L);
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void shouldReadWhatRetentionHasLeft() {
    log(7, 20);

    read(5, 8);

    assertThat(read).containsExactly(7L, 8L);
  }

  @Test
  void shouldEndWhereRetentionHasLeftNothing() {
    log(15, 20);

    read(5, 8);

    assertThat(read).isEmpty();
  }

  @Test
  void shouldEndAtTheEndOfALogThatWasCutShort() {
    log(0, 6);

    read(5, 8);

    assertThat(read).containsExactly(5L);
  }

  @Test
  void shouldEndWhenNobodyWaits() {
    log(0, 20);

    assertThatThrownBy(
            () ->
                rebuild.read(
                    PARTITION,
                    0,
                    19,
                    record -> {},
                    () -> {
                      throw new CancellationException();
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(consumer.closed()).isTrue();
  }
}
