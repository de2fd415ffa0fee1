package io.salient.ranking;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.salient.ranking.live.ResultsReader;
import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.topology.KeptRankings;
import io.salient.ranking.topology.RankingStores;
import io.salient.ranking.topology.RankingTopology;
import io.salient.schemas.DiskSpace;
import io.salient.schemas.KafkaSettings;
import io.salient.schemas.TellingCause;
import io.salient.schemas.TopicSettings;
import io.salient.schemas.TopicSetup;
import io.salient.schemas.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/**
 * Starts and stops the stream.
 *
 * <p>Data errors never get here: {@code ProbeDecoder} and {@code ProbeCollector} make dead letters
 * of them. What does get here is the infrastructure's, and retrying in place would only hide it:
 * the client shuts down, liveness and readiness go down, and whoever runs the process starts it
 * again, from what was committed.
 */
@ApplicationScoped
public class RankingService {
  private static final Logger LOG = Logger.getLogger(RankingService.class);
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private final RankingSettings settings;
  private final KafkaSettings kafka;
  private final TopicSettings topicSettings;
  private final MeterRegistry registry;
  private final ResultsReader reader;
  private volatile KafkaStreams streams;
  private volatile boolean started;
  private volatile String failure = "";
  private KafkaStreamsMetrics meters;

  /** Everything it runs with. */
  @Inject
  public RankingService(
      RankingSettings settings,
      KafkaSettings kafka,
      TopicSettings topicSettings,
      MeterRegistry registry,
      ResultsReader reader) {
    this.settings = settings;
    this.kafka = kafka;
    this.topicSettings = topicSettings;
    this.registry = registry;
    this.reader = reader;
  }

  void start(@Observes StartupEvent event) {
    if (settings.enabled()) {
      start();
    }
  }

  private void start() {
    Topics topics = new TopicSetup(kafka, topicSettings).ensure();
    RankingTopology topology =
        new RankingTopology(
            topics,
            settings.top(),
            settings.forgetIncompleteAfter(),
            RankingStores.persistent(),
            new RankingMeters(registry));
    KafkaStreams created = new KafkaStreams(topology.build(), properties());
    created.setStateListener((now, before) -> started |= now == KafkaStreams.State.RUNNING);
    created.setUncaughtExceptionHandler(this::onFailure);
    meters = new KafkaStreamsMetrics(created, List.of(Tag.of("service", "ranking")));
    meters.bindTo(registry);
    streams = created;
    created.start();
    reader.start(topics.results(), kafka.clientProperties());
  }

  private StreamThreadExceptionResponse onFailure(Throwable failed) {
    failure = message(failed);
    LOG.errorf("The ranking stream stops; restart the service once the cause is gone: %s", failure);
    LOG.debug("where it came up", failed);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private String message(Throwable failed) {
    return DiskSpace.isFull(failed)
        ? DiskSpace.full(Path.of(settings.stateDir()), "salient.ranking.state-dir")
        : TellingCause.of(failed);
  }

  void stop(@Observes ShutdownEvent event) {
    reader.close();
    if (streams != null) {
      streams.close(CLOSE);
      meters.close();
    }
  }

  /** State of the stream; null before it was made. */
  public KafkaStreams.State state() {
    KafkaStreams now = streams;
    return now == null ? null : now.state();
  }

  /** True once the stream has been running, whatever came after. */
  public boolean started() {
    return started;
  }

  /** What stopped the stream; empty while it runs. */
  public String failure() {
    return failure;
  }

  /**
   * The rankings that this instance keeps.
   *
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while it starts or moves
   *     partitions
   */
  public KeptRankings kept() {
    KafkaStreams now = streams;
    if (now == null) {
      throw new InvalidStateStoreException("the ranking stream was not started");
    }
    return KeptRankings.of(now);
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    properties.put(
        StreamsConfig.REPLICATION_FACTOR_CONFIG, Integer.toString(topicSettings.replication()));
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put("processing.exception.handler.global.enabled", true);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        InstanceId.of(Path.of(settings.stateDir()), settings.applicationId()));
    int session = Math.toIntExact(settings.sessionTimeout().toMillis());
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session / 4);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    return properties;
  }
}
