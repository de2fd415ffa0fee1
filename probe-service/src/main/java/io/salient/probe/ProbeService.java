package io.salient.probe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import io.salient.schemas.Topics;
import io.salient.streams.StreamSettings;
import io.salient.streams.StreamsRunner;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.salient.streams.client.TopicSetup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Starts and stops the stream and the fitting thread. */
@ApplicationScoped
public class ProbeService {
  private final ProbeSettings settings;
  private final KafkaSettings kafka;
  private final TopicSettings topicSettings;
  private final MeterRegistry registry;
  private final StreamsRunner stream;
  private FittingQueue fitting;

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
    this.stream =
        new StreamsRunner(
            new StreamSettings(
                "probe",
                kafka,
                topicSettings,
                settings.applicationId(),
                Path.of(settings.stateDir()),
                settings.threads(),
                settings.commitInterval(),
                settings.sessionTimeout()),
            registry);
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
            new ProbeMeters(registry, matrices()));
    stream.start(topology.build());
  }

  private Path matrices() {
    return Path.of(settings.stateDir()).resolve("matrices");
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
        matrices(),
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

  void stop(@Observes ShutdownEvent event) {
    stream.close();
    if (fitting != null) {
      fitting.close();
    }
  }

  /** The stream: how it is. Asked for by a method, as the bean may be a proxy. */
  public StreamsRunner stream() {
    return stream;
  }
}
