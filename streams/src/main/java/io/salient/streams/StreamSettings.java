package io.salient.streams;

import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the stream of a service runs with.
 *
 * @param service name of the service, as its settings, metrics and dead letters have it
 * @param kafka how to reach Kafka
 * @param topics shapes of topics, of which internal ones take the replication
 * @param applicationId consumer group, prefix of internal topics and of transactional ids
 * @param stateDir folder of the state stores
 * @param threads threads that read the stream
 * @param commitInterval how often results are committed, and so seen
 * @param sessionTimeout how long an instance may be silent before its partitions go to another
 */
public record StreamSettings(
    String service,
    KafkaSettings kafka,
    TopicSettings topics,
    String applicationId,
    Path stateDir,
    int threads,
    Duration commitInterval,
    Duration sessionTimeout) {
  private static final int HEARTBEATS_A_SESSION = 4;

  /** The key that moves the state folder. */
  String stateDirKey() {
    return "salient." + service + ".state-dir";
  }

  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Integer.toString(topics.replication()));
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put("processing.exception.handler.global.enabled", true);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        InstanceId.of(stateDir, applicationId, stateDirKey()));
    int session = Math.toIntExact(sessionTimeout.toMillis());
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        session / HEARTBEATS_A_SESSION);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    return properties;
  }
}
