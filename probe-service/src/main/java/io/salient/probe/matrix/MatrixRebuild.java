package io.salient.probe.matrix;

import io.salient.schemas.avro.ExtractionStarted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes a matrix again whose file is missing or torn: reads a range of the activations topic once
 * more.
 */
public final class MatrixRebuild {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers;
  private final MatrixEncoding encoding;

  /**
   * Reads through consumers of its own: read-committed, in no group.
   *
   * @param encoding of matrices that are made again
   */
  public MatrixRebuild(
      Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers,
      MatrixEncoding encoding) {
    this.consumers = consumers;
    this.encoding = encoding;
  }

  /** Opens the matrix of a checkpoint, or makes an empty one. */
  public MatrixFile open(Path file, String key, ExtractionStarted started) {
    return MatrixFile.open(file, BlockRows.shape(key, started, encoding));
  }

  /**
   * Hands out what is left of a range.
   *
   * @param first offset of the first record wanted; what retention has removed is left out
   * @param last offset of the last one
   * @param goOn called before each look at the log; ends the reading by an exception of its own
   */
  public void read(
      TopicPartition partition,
      long first,
      long last,
      Consumer<ConsumerRecord<byte[], byte[]>> records,
      Runnable goOn) {
    try (org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(partition));
      Map<TopicPartition, Long> beginning = consumer.beginningOffsets(List.of(partition));
      long end = Math.min(last, consumer.endOffsets(List.of(partition)).get(partition) - 1);
      consumer.seek(partition, Math.max(first, beginning.get(partition)));
      while (consumer.position(partition) <= end) {
        goOn.run();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() <= last) {
            records.accept(record);
          }
        }
      }
    }
  }
}
