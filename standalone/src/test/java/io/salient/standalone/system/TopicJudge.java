package io.salient.standalone.system;

import io.salient.schemas.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from outside the services, committed records only, and keeps all it saw. */
final class TopicJudge implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
  private boolean assigned;

  TopicJudge(String bootstrapServers, String topic) {
    this.topic = topic;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Polls until a record that was ever seen passes the test. */
  ConsumerRecord<byte[], byte[]> await(
      Predicate<ConsumerRecord<byte[], byte[]>> test, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    int checked = 0;
    while (true) {
      for (; checked < seen.size(); checked++) {
        if (test.test(seen.get(checked))) {
          return seen.get(checked);
        }
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "nothing of the kind on "
                + topic
                + " in "
                + patience
                + "; saw "
                + seen.size()
                + " records");
      }
      poll();
    }
  }

  /** As {@link #await}, for a decoded record of one type. */
  <T extends SpecificRecord> T await(
      AvroSerde<SpecificRecord> serde, Class<T> type, Predicate<T> test, Duration patience) {
    return type.cast(
        serde.decode(
            await(
                    record -> {
                      SpecificRecord value =
                          record.value() == null ? null : serde.decode(record.value());
                      return type.isInstance(value) && test.test(type.cast(value));
                    },
                    patience)
                .value()));
  }

  /** Everything that is on the topic now. */
  List<ConsumerRecord<byte[], byte[]>> all() {
    assign();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
    }
    return List.copyOf(seen);
  }

  /** The latest value of each key, decoded; what compaction would leave. */
  Map<String, SpecificRecord> latest(AvroSerde<SpecificRecord> serde) {
    Map<String, SpecificRecord> latest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all()) {
      latest.put(
          new String(record.key(), java.nio.charset.StandardCharsets.UTF_8),
          serde.decode(record.value()));
    }
    return latest;
  }

  private void poll() {
    assign();
    if (assigned) {
      consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
    }
  }

  private void assign() {
    if (assigned) {
      return;
    }
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, Duration.ofSeconds(60)).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    if (!partitions.isEmpty()) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      assigned = true;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
