package io.salient.probe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.optimiser.Penalty;
import io.salient.lca.ranking.NeuronSelector;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.matrix.MatrixRebuild;
import io.salient.probe.topology.ProbeProcessorSettings;
import io.salient.probe.topology.ProbeStores;
import io.salient.probe.topology.ProbeTopology;
import io.salient.probe.training.CheckpointFitting;
import io.salient.probe.training.Clustering;
import io.salient.probe.training.EvaluationTier;
import io.salient.probe.training.FittingQueue;
import io.salient.probe.training.MethodRankings;
import io.salient.probe.training.Tier;
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
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/**
 * Starts and stops the stream and the fitting thread.
 *
 * <p>Data errors never get here: they are dead letters or the failure of one checkpoint. What does
 * get here is the infrastructure's, and retrying in place would only hide it: the client shuts
 * down, liveness and readiness go down, and whoever runs the process starts it again, from what was
 * committed.
 */
@ApplicationScoped
public class ProbeService {
  private static final Logger LOG = Logger.getLogger(ProbeService.class);
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private final ProbeSettings settings;
  private final KafkaSettings kafka;
  private final TopicSettings topicSettings;
  private final MeterRegistry registry;
  private volatile KafkaStreams streams;
  private volatile boolean started;
  private volatile String failure = "";
  private FittingQueue fitting;
  private KafkaStreamsMetrics meters;

  /** Everything it runs with. */
  @Inject
  public ProbeService(
      ProbeSettings settings,
      KafkaSettings kafka,
      TopicSettings topicSettings,
      MeterRegistry registry) {
    this.settings = settings;
    this.kafka = kafka;
    this.topicSettings = topicSettings;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    Topics topics = new TopicSetup(kafka, topicSettings).ensure();
    fitting =
        new FittingQueue(
            new CheckpointFitting(
                fitSettings(),
                settings.splits(),
                evaluationTier(),
                new MatrixRebuild(this::rebuildConsumer, matrixEncoding())));
    Gauge.builder("salient.probe.fits.waiting", fitting, FittingQueue::size).register(registry);
    ProbeTopology topology =
        new ProbeTopology(
            topics,
            Set.copyOf(settings.concepts().orElse(List.of())),
            processorSettings(),
            ProbeStores.persistent(),
            fitting,
            new ProbeMeters(registry));
    KafkaStreams created = new KafkaStreams(topology.build(), properties());
    created.setStateListener((now, before) -> started |= now == KafkaStreams.State.RUNNING);
    created.setUncaughtExceptionHandler(this::onFailure);
    meters = new KafkaStreamsMetrics(created, List.of(Tag.of("service", "probe")));
    meters.bindTo(registry);
    streams = created;
    created.start();
  }

  private EvaluationTier evaluationTier() {
    return new EvaluationTier(
        fitSettings(),
        evaluationSettings(),
        rankings(),
        settings.lambdaSearch(),
        new Clustering(settings.clusterThreshold()));
  }

  /** Those that are asked for, without those that have nothing to do by the other settings. */
  private Set<Tier> tiers() {
    Set<Tier> tiers;
    try {
      tiers = Tier.named(settings.tiers());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.probe.tiers: " + e.getMessage(), e);
    }
    if (!settings.earlyWarning()) {
      tiers.remove(Tier.EARLY);
    }
    if (settings.provisionalCoverages().orElse(List.of()).isEmpty()) {
      tiers.remove(Tier.PROVISIONAL);
    }
    if (settings.splits() == 0 || !method().needsProbe()) {
      tiers.remove(Tier.NOISE);
    }
    if (!evaluationTier().asked()) {
      tiers.remove(Tier.EVALUATION);
    }
    return tiers;
  }

  private FitSettings fitSettings() {
    return new FitSettings(
        settings.l1(),
        settings.l2(),
        settings.standardize(),
        settings.minLabelCount(),
        settings.tolerance(),
        settings.maxEvaluations(),
        settings.maxLabels(),
        penalty(),
        method());
  }

  private MethodRankings rankings() {
    return new MethodRankings(others(), selector(), fitSettings());
  }

  private List<RankingMethod> others() {
    try {
      return settings.agreement().orElse(List.of()).stream().map(RankingMethod::of).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.probe.agreement: " + e.getMessage(), e);
    }
  }

  private Optional<NeuronSelector> selector() {
    try {
      return settings.select().map(NeuronSelector::of);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.probe.select: " + e.getMessage(), e);
    }
  }

  private RankingMethod method() {
    try {
      return RankingMethod.of(settings.method());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.probe.method: " + e.getMessage(), e);
    }
  }

  private MatrixEncoding matrixEncoding() {
    try {
      return MatrixEncoding.of(settings.matrixEncoding());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.probe.matrix-encoding: " + e.getMessage(), e);
    }
  }

  private Penalty penalty() {
    try {
      return Penalty.of(settings.penalty());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.probe.penalty: " + e.getMessage(), e);
    }
  }

  private EvaluationSettings evaluationSettings() {
    return new EvaluationSettings(
        analyses(),
        settings.controlDraws(),
        settings.randomDraws(),
        settings.minimalSetDelta(),
        settings.minimalSetRelative(),
        settings.disjointSets(),
        settings.topWordsNeurons(),
        settings.evaluationSeed());
  }

  private Set<Analysis> analyses() {
    try {
      return Analysis.named(settings.evaluations());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("salient.probe.evaluations: " + e.getMessage(), e);
    }
  }

  private ProbeProcessorSettings processorSettings() {
    // Sorted: a record has the same bytes from every process.
    TreeMap<String, String> provenance =
        new TreeMap<>(
            Map.of(
                "method", method().text(),
                "penalty", penalty().text(),
                "l1", Double.toString(settings.l1()),
                "l2", Double.toString(settings.l2()),
                "standardize", Boolean.toString(settings.standardize()),
                "minLabelCount", Integer.toString(settings.minLabelCount()),
                "tolerance", Double.toString(settings.tolerance()),
                "splits", Integer.toString(settings.splits()),
                "evaluations", String.join(",", settings.evaluations()),
                "evaluationSeed", Long.toString(settings.evaluationSeed())));
    settings.select().ifPresent(selector -> provenance.put("select", selector));
    return new ProbeProcessorSettings(
        fitSettings(),
        settings.provisionalCoverages().orElse(List.of()),
        tiers(),
        settings.splits(),
        evaluationSettings().wants(Analysis.SELECTIVITY) ? settings.controlDraws() : 0,
        Path.of(settings.stateDir()).resolve("matrices"),
        settings.matrixKeepBytes(),
        settings.maxMatrixBytes(),
        provenance,
        matrixEncoding());
  }

  private KafkaConsumer<byte[], byte[]> rebuildConsumer() {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private StreamThreadExceptionResponse onFailure(Throwable failed) {
    failure = message(failed);
    LOG.errorf("The probe stream stops; restart the service once the cause is gone: %s", failure);
    LOG.debug("where it came up", failed);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private String message(Throwable failed) {
    String told = TellingCause.of(failed);
    boolean full = DiskSpace.isFull(failed) && !told.contains(settings.stateDir());
    return full ? DiskSpace.full(Path.of(settings.stateDir()), "salient.probe.state-dir") : told;
  }

  void stop(@Observes ShutdownEvent event) {
    if (streams != null) {
      streams.close(CLOSE);
      meters.close();
    }
    if (fitting != null) {
      fitting.close();
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
