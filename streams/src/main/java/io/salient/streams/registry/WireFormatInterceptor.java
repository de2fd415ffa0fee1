package io.salient.streams.registry;

import io.salient.schemas.Topics;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts the registry's header on what a client sends to Salient's topics, and takes it off what it
 * receives from them. Made by Kafka's clients, of producers and consumers with values as bytes. A
 * record in the single-object encoding passes as it is, so a topic may hold both.
 *
 * @param <K> keys, which are left alone
 */
public final class WireFormatInterceptor<K>
    implements ProducerInterceptor<K, byte[]>, ConsumerInterceptor<K, byte[]> {
  static final String URL = "salient.schema-registry.url";

  /** Names without a prefix; internal topics of Kafka Streams end otherwise. */
  private static final Topics ENDS = new Topics("");

  private static final List<String> OURS =
      List.of(ENDS.checkpoints(), ENDS.activations(), ENDS.probes(), ENDS.results());

  private WireFormat format;

  /** As Kafka's clients make it. */
  public WireFormatInterceptor() {}

  @Override
  public void configure(Map<String, ?> configuration) {
    URI url = URI.create(configuration.get(URL).toString());
    format = new WireFormat(RegisteredSchemas.at(url));
  }

  private static boolean isOurs(String topic) {
    return OURS.stream().anyMatch(topic::endsWith);
  }

  @Override
  public ProducerRecord<K, byte[]> onSend(ProducerRecord<K, byte[]> record) {
    if (!isOurs(record.topic())) {
      return record;
    }
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        record.timestamp(),
        record.key(),
        format.toRegistry(record.topic(), record.value()),
        record.headers());
  }

  @Override
  public ConsumerRecords<K, byte[]> onConsume(ConsumerRecords<K, byte[]> records) {
    Map<TopicPartition, List<ConsumerRecord<K, byte[]>>> all = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<K, byte[]>> received = records.records(partition);
      all.put(partition, isOurs(partition.topic()) ? ours(received) : received);
    }
    return new ConsumerRecords<>(all, records.nextOffsets());
  }

  private List<ConsumerRecord<K, byte[]>> ours(List<ConsumerRecord<K, byte[]>> received) {
    List<ConsumerRecord<K, byte[]>> records = new ArrayList<>(received.size());
    for (ConsumerRecord<K, byte[]> record : received) {
      byte[] value = format.toSingleObject(record.value());
      records.add(
          new ConsumerRecord<>(
              record.topic(),
              record.partition(),
              record.offset(),
              record.timestamp(),
              record.timestampType(),
              record.serializedKeySize(),
              value == null ? -1 : value.length,
              record.key(),
              value,
              record.headers(),
              record.leaderEpoch()));
    }
    return records;
  }

  @Override
  public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
    // nothing was sent besides the record
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // nothing is kept
  }

  @Override
  public void close() {
    // what is known of the registry is shared by all clients of the process
  }
}
