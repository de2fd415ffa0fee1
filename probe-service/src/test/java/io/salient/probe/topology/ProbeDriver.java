package io.salient.probe.topology;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.NeuronSelector;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.ManualExecutor;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.matrix.MatrixRebuild;
import io.salient.probe.training.CheckpointFitting;
import io.salient.probe.training.Clustering;
import io.salient.probe.training.EvaluationTier;
import io.salient.probe.training.FittingQueue;
import io.salient.probe.training.MethodRankings;
import io.salient.probe.training.Tier;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology with real fits and without a broker. It can die and live again on what it had
 * committed; the log is what was sent to it, from the offset on that retention has left.
 */
final class ProbeDriver implements AutoCloseable {
  private static final AvroSerde<SpecificRecord> ACTIVATIONS = TopicSerdes.activations();
  private static final AvroSerde<SpecificRecord> PROBES = TopicSerdes.probes();
  private static final Topics TOPICS = new Topics("salient");

  final Path folder;
  final List<Tier> fits = new ArrayList<>();
  final Map<Tier, Integer> unconverged = new EnumMap<>(Tier.class);
  int unranked;
  Instant oldestUnranked;
  long retainedFrom;

  /** What reading the log again fails with; null when it does not. */
  RuntimeException logFailure;

  private Options options;
  private FitSettings settings = FitSettings.defaults();
  private final MatrixEncoding encoding;
  private final Map<String, KeyValueStore<?, ?>> committed = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
  private final List<SpecificRecord> sent = new ArrayList<>();
  private final List<TestRecord<byte[], byte[]>> dead = new ArrayList<>();
  private Life life;

  ProbeDriver(Path folder) {
    this(folder, Options.DEFAULTS);
  }

  ProbeDriver(Path folder, Set<String> concepts, long keepBytes) {
    this(folder, concepts, keepBytes, Analysis.FAST);
  }

  ProbeDriver(Path folder, Set<String> concepts, long keepBytes, Set<Analysis> analyses) {
    this(
        folder,
        new Options(
            concepts, keepBytes, analyses, 0, Clustering.NONE, false, List.of(), Optional.empty()));
  }

  ProbeDriver(Path folder, Options options) {
    this(folder, options, MatrixEncoding.FLOAT32);
  }

  ProbeDriver(Path folder, Options options, MatrixEncoding encoding) {
    this.folder = folder;
    this.options = options;
    this.encoding = encoding;
    this.life = new Life();
  }

  /**
   * What decides fits.
   *
   * @param concepts that are fitted; empty for all
   * @param keepBytes of matrices of finished checkpoints
   * @param analyses that final probes are put to
   * @param replicates splits at a baseline
   * @param clustering of neurons
   * @param earlyWarning whether rankings that need no fit are sent
   * @param others methods that the one that ranks is compared with
   * @param selector of neurons
   */
  record Options(
      Set<String> concepts,
      long keepBytes,
      Set<Analysis> analyses,
      int replicates,
      Clustering clustering,
      boolean earlyWarning,
      List<RankingMethod> others,
      Optional<NeuronSelector> selector) {
    static final Options DEFAULTS =
        new Options(
            Set.of(),
            1L << 30,
            Analysis.FAST,
            0,
            Clustering.NONE,
            false,
            List.of(),
            Optional.empty());

    Options withRankings(List<RankingMethod> methods, String select) {
      return new Options(
          concepts,
          keepBytes,
          analyses,
          replicates,
          clustering,
          earlyWarning,
          methods,
          Optional.of(NeuronSelector.of(select)));
    }

    Options withClusters(double threshold) {
      return new Options(
          concepts,
          keepBytes,
          analyses,
          replicates,
          new Clustering(Optional.of(threshold)),
          earlyWarning,
          others,
          selector);
    }

    EvaluationTier evaluation(FitSettings fit) {
      return new EvaluationTier(
          fit,
          EvaluationSettings.of(analyses),
          new MethodRankings(others, selector, fit),
          false,
          clustering);
    }

    /** Those that have something to do. */
    Set<Tier> tiers() {
      EnumSet<Tier> tiers = EnumSet.of(Tier.FINAL, Tier.PROVISIONAL);
      if (earlyWarning) {
        tiers.add(Tier.EARLY);
      }
      if (replicates > 0) {
        tiers.add(Tier.NOISE);
      }
      if (evaluation(FitSettings.defaults()).asked()) {
        tiers.add(Tier.EVALUATION);
      }
      return tiers;
    }

    Options withReplicates(int splits) {
      return new Options(
          concepts, keepBytes, analyses, splits, clustering, earlyWarning, others, selector);
    }

    Options with(Set<Analysis> chosen) {
      return new Options(
          concepts, keepBytes, chosen, replicates, clustering, earlyWarning, others, selector);
    }

    Options withEarlyWarning() {
      return new Options(
          concepts, keepBytes, analyses, replicates, clustering, true, others, selector);
    }
  }

  /** From a start to a crash. */
  private final class Life {
    final ManualExecutor executor = new ManualExecutor();
    final FittingQueue queue =
        new FittingQueue(
            new CheckpointFitting(
                settings,
                options.replicates(),
                options.evaluation(settings),
                new MatrixRebuild(() -> consumer(), encoding)),
            executor);
    final TopologyTestDriver driver = new TopologyTestDriver(topology(queue).build(), properties());
    final TestInputTopic<byte[], byte[]> activations =
        driver.createInputTopic(
            TOPICS.activations(), new ByteArraySerializer(), new ByteArraySerializer());
    final TestOutputTopic<String, byte[]> probes =
        driver.createOutputTopic(
            TOPICS.probes(), new StringDeserializer(), new ByteArrayDeserializer());
    final TestOutputTopic<byte[], byte[]> deadLetters =
        driver.createOutputTopic(
            TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  ProbeTopology topology(FittingQueue queue) {
    return new ProbeTopology(
        TOPICS,
        options.concepts(),
        new ProbeProcessorSettings(
            settings,
            List.of(0.1, 0.25, 0.5),
            options.tiers(),
            options.replicates(),
            5,
            folder,
            options.keepBytes(),
            1L << 38,
            provenance(),
            encoding),
        new ProbeStores(this::store),
        queue,
        new ProbeMetrics() {
          @Override
          public void fitted(Tier tier, double seconds) {
            fits.add(tier);
          }

          @Override
          public void unconverged(Tier tier, int fits) {
            unconverged.merge(tier, fits, Integer::sum);
          }

          @Override
          public void unranked(String partition, int checkpoints, Instant oldest) {
            unranked = checkpoints;
            oldestUnranked = oldest;
          }
        });
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("l1", "5.0E-4");
    provenance.put("method", settings.method().text());
    options.selector().ifPresent(selector -> provenance.put("select", selector.text()));
    return provenance;
  }

  private KeyValueBytesStoreSupplier store(String name) {
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return (Surviving) committed.computeIfAbsent(name, Surviving::new);
      }

      @Override
      public String metricsScope() {
        return "memory";
      }
    };
  }

  /** A store as it lies there, to be changed between two lives. */
  KeyValueStore<Bytes, byte[]> stored(String name) {
    return (Surviving) committed.get(name);
  }

  /** The matrix files that are there. */
  List<Path> matrices() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".matrix")).sorted().toList();
    }
  }

  /** Names of the stores. */
  Set<String> stores() {
    return committed.keySet();
  }

  /** A store that outlives its topology. */
  private static final class Surviving extends InMemoryKeyValueStore {
    Surviving(String name) {
      super(name);
    }

    @Override
    public void close() {}
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put("processing.exception.handler.global.enabled", true);
    return properties;
  }

  private Consumer<byte[], byte[]> consumer() {
    if (logFailure != null) {
      throw logFailure;
    }
    TopicPartition partition = new TopicPartition(TOPICS.activations(), 0);
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updateBeginningOffsets(Map.of(partition, retainedFrom));
    consumer.updateEndOffsets(Map.of(partition, (long) log.size()));
    consumer.schedulePollTask(
        () ->
            log.stream()
                .filter(record -> record.offset() >= retainedFrom)
                .forEach(consumer::addRecord));
    return consumer;
  }

  ProbeDriver send(SpecificRecord record) {
    return sendRaw(key(), ACTIVATIONS.encode(record));
  }

  static byte[] key() {
    return PlantedCheckpoint.RUN.getBytes(StandardCharsets.UTF_8);
  }

  ProbeDriver sendAll(PlantedCheckpoint checkpoint) {
    send(checkpoint.started());
    checkpoint.blocks().forEach(this::send);
    return this;
  }

  ProbeDriver sendRaw(byte[] key, byte[] value) {
    log.add(new ConsumerRecord<>(TOPICS.activations(), 0, log.size(), key, value));
    life.activations.pipeInput(new TestRecord<>(key, value, PlantedCheckpoint.START));
    return this;
  }

  /** Lets the punctuator look, and fits what it submits, until there is nothing left to fit. */
  ProbeDriver settle() {
    do {
      tick();
    } while (life.executor.work());
    return this;
  }

  /** Lets the metrics look at the stores too. */
  ProbeDriver count() {
    life.driver.advanceWallClockTime(Duration.ofSeconds(10));
    return this;
  }

  /** The next life has other settings of the fit. */
  ProbeDriver crash(FitSettings next) {
    settings = next;
    return crash();
  }

  /** Lets the punctuator look, but fits nothing. */
  ProbeDriver tick() {
    life.driver.advanceWallClockTime(Duration.ofMillis(100));
    drain();
    return this;
  }

  /** Does one job: what was submitted and what the punctuator then takes of it. */
  ProbeDriver one() {
    tick();
    life.executor.work();
    return tick();
  }

  /** Fits what was submitted, without letting the punctuator look. */
  void fit() {
    life.executor.work();
  }

  /** The process ends here; another one takes up what was committed. */
  ProbeDriver crash() {
    drain();
    life.driver.close();
    life = new Life();
    // Offsets go on where the log ends, as they do on a broker.
    log.forEach(record -> life.activations.pipeInput(new TestRecord<>(null, new byte[0])));
    life.deadLetters.readRecordsToList();
    return this;
  }

  /** The same, and the next life has other settings. */
  ProbeDriver crash(Options next) {
    options = next;
    return crash();
  }

  /** The same, and the next life ranks by another method. */
  ProbeDriver crash(RankingMethod next) {
    settings = FitSettings.defaults().withMethod(next);
    return crash();
  }

  private void drain() {
    life.probes.readRecordsToList().forEach(record -> sent.add(PROBES.decode(record.value())));
    dead.addAll(life.deadLetters.readRecordsToList());
  }

  List<TestRecord<byte[], byte[]>> dead() {
    drain();
    return dead;
  }

  List<RunStatus> statuses() {
    drain();
    return sent.stream().filter(RunStatus.class::isInstance).map(RunStatus.class::cast).toList();
  }

  List<ProbeReport> reports(long step, String concept) {
    drain();
    return sent.stream()
        .filter(ProbeReport.class::isInstance)
        .map(ProbeReport.class::cast)
        .filter(report -> report.getStep() == step && report.getConcept().equals(concept))
        .toList();
  }

  List<EarlyWarning> earlyWarnings(long step, String concept) {
    drain();
    return sent.stream()
        .filter(EarlyWarning.class::isInstance)
        .map(EarlyWarning.class::cast)
        .filter(warning -> warning.getStep() == step && warning.getConcept().equals(concept))
        .toList();
  }

  /** Everything that was sent, in its order. */
  List<SpecificRecord> sent() {
    drain();
    return sent;
  }

  List<NeuronClusters> clusters(long step) {
    drain();
    return sent.stream()
        .filter(NeuronClusters.class::isInstance)
        .map(NeuronClusters.class::cast)
        .filter(clusters -> clusters.getStep() == step)
        .toList();
  }

  List<ProbeEvaluation> evaluations(long step, String concept) {
    drain();
    return sent.stream()
        .filter(ProbeEvaluation.class::isInstance)
        .map(ProbeEvaluation.class::cast)
        .filter(one -> one.getStep() == step && one.getConcept().equals(concept))
        .toList();
  }

  List<ReplicateRankings> replicates(long step) {
    drain();
    return sent.stream()
        .filter(ReplicateRankings.class::isInstance)
        .map(ReplicateRankings.class::cast)
        .filter(one -> one.getStep() == step)
        .toList();
  }

  ProbeReport lastReport(long step, String concept) {
    return reports(step, concept).getLast();
  }

  List<ClassProbe> probes(long step) {
    drain();
    return sent.stream()
        .filter(ClassProbe.class::isInstance)
        .map(ClassProbe.class::cast)
        .filter(probe -> probe.getStep() == step)
        .toList();
  }

  /** Everything of a step that counts in the end, but for the seconds, as bytes. */
  Map<String, byte[]> finalBytes(long step) {
    drain();
    Map<String, byte[]> bytes = new TreeMap<>();
    for (SpecificRecord record : sent) {
      switch (record) {
        case ClassProbe probe when probe.getStep() == step && probe.getCoverage() == 1 ->
            bytes.put(probe.getConcept() + "/" + probe.getLabel(), PROBES.encode(probe));
        case ReplicateRankings replicates when replicates.getStep() == step ->
            bytes.put(replicates.getConcept() + " replicates", PROBES.encode(replicates));
        case ProbeEvaluation evaluation when evaluation.getStep() == step ->
            bytes.put(evaluation.getConcept() + " evaluation", PROBES.encode(timeless(evaluation)));
        case ProbeReport report when report.getStep() == step && report.getFinal$() ->
            bytes.put(
                report.getConcept(),
                PROBES.encode(ProbeReport.newBuilder(report).setFitSeconds(0).build()));
        default -> {} // on the way
      }
    }
    return bytes;
  }

  private static ProbeEvaluation timeless(ProbeEvaluation evaluation) {
    return ProbeEvaluation.newBuilder(evaluation)
        .setSeconds(0)
        .setEvaluationCosts(List.of())
        .build();
  }

  /** Final probes and last reports of a step but for the seconds, as text. */
  Map<String, String> finals(long step) {
    drain();
    Map<String, String> finals = new TreeMap<>();
    for (SpecificRecord record : sent) {
      if (record instanceof ClassProbe probe
          && probe.getStep() == step
          && probe.getCoverage() == 1) {
        finals.put(probe.getConcept() + "/" + probe.getLabel(), probe.toString());
      } else if (record instanceof ProbeReport report
          && report.getStep() == step
          && report.getFinal$()) {
        finals.put(
            report.getConcept(),
            ProbeReport.newBuilder(report).setFitSeconds(0).build().toString());
      }
    }
    return finals;
  }

  @Override
  public void close() {
    life.driver.close();
  }
}
