package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetter;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ExtractionStarted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends to Kafka and looks at every result: what {@link #awaitAll} returned from has been
 * acknowledged by all in-sync replicas. Memory is bounded by the producer's buffer, beyond which
 * {@link #send} waits.
 */
final class BlockPublisher implements BlockSink, AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final int BATCH_BYTES = 1 << 20;

  private final AvroSerde<SpecificRecord> serde = TopicSerdes.activations();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final Optional<BrokerRoom> room;

  BlockPublisher(Map<String, Object> clientProperties, Topics topics) {
    this(
        new KafkaProducer<>(
            properties(clientProperties), new ByteArraySerializer(), new ByteArraySerializer()),
        topics,
        Optional.of(new BrokerRoom(clientProperties, topics.activations())));
  }

  /** The same over any producer, for tests. */
  BlockPublisher(Producer<byte[], byte[]> producer, Topics topics) {
    this(producer, topics, Optional.empty());
  }

  private BlockPublisher(
      Producer<byte[], byte[]> producer, Topics topics, Optional<BrokerRoom> room) {
    this.producer = producer;
    this.topics = topics;
    this.room = room;
  }

  private static Map<String, Object> properties(Map<String, Object> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    return properties;
  }

  /**
   * Sends a record.
   *
   * @throws CheckpointException when it opens a checkpoint for which the brokers have no room
   */
  @Override
  public void send(String run, SpecificRecord activation) {
    if (activation instanceof ExtractionStarted started) {
      room.ifPresent(brokers -> brokers.require(started));
    }
    byte[] key = run.getBytes(StandardCharsets.UTF_8);
    send(new ProducerRecord<>(topics.activations(), key, serde.encode(activation)));
  }

  /** Sends the raw bytes of a record that cannot be used, with the reason. */
  void deadLetter(ConsumerRecord<byte[], byte[]> source, DeadLetter letter) {
    send(
        new ProducerRecord<>(
            topics.deadLetters(), null, null, source.key(), source.value(), letter.headers()));
  }

  private void send(ProducerRecord<byte[], byte[]> output) {
    requireNoFailure();
    Future<?> _ = // the callback sees the result
        producer.send(
            output,
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  @Override
  public void awaitAll() {
    producer.flush();
    requireNoFailure();
  }

  private void requireNoFailure() {
    Exception e = failure.get();
    if (e instanceof RecordTooLargeException) {
      failure.set(null); // the next checkpoint may have shorter rows
      throw new CheckpointException(
          "record.too-large",
          "the broker refuses a block of under 900 KB: raise message.max.bytes of the broker or"
              + " max.message.bytes of the topic, or set salient.extractor.encoding to float16",
          e);
    }
    if (e != null) {
      throw new KafkaException("a record did not reach Kafka: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
