package io.salient.extractor.announcement;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.UndecodableRecordException;
import io.salient.schemas.avro.CheckpointSaved;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Which checkpoints of a run were announced already, whoever did it. */
final class AnnouncedCheckpoints {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Set<Announced> announced = new HashSet<>();

  private record Announced(long step, String fingerprint) {}

  /** Reads all that the topic holds now; committed records only. */
  static AnnouncedCheckpoints read(Map<String, Object> clientProperties, String topic, String run) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    AnnouncedCheckpoints known = new AnnouncedCheckpoints();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          known.add(record.value(), run);
        }
      }
    }
    return known;
  }

  private void add(byte[] value, String run) {
    if (value == null) {
      return; // the worker makes a dead letter of it
    }
    try {
      CheckpointSaved saved = TopicSerdes.checkpoints().decode(value);
      if (saved.getRun().equals(run)) {
        add(saved.getStep(), saved.getFingerprint());
      }
    } catch (UndecodableRecordException e) {
      // as above
    }
  }

  boolean contains(long step, String fingerprint) {
    return announced.contains(new Announced(step, fingerprint));
  }

  void add(long step, String fingerprint) {
    announced.add(new Announced(step, fingerprint));
  }
}
