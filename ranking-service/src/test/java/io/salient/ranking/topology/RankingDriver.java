package io.salient.ranking.topology;

import io.salient.ranking.Probes;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.ResultKey;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on stores in memory, without a broker. */
public final class RankingDriver implements AutoCloseable {
  private static final AvroSerde<SpecificRecord> PROBES = TopicSerdes.probes();
  private static final AvroSerde<SpecificRecord> RESULTS = TopicSerdes.results();

  final List<DeadLetterReason> counted = new ArrayList<>();
  int superseded;
  int forgotten;

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> probes;
  private final TestOutputTopic<String, byte[]> results;
  private final TestOutputTopic<byte[], byte[]> deadLetters;
  private final Map<String, byte[]> view = new TreeMap<>();

  public RankingDriver() {
    this(100);
  }

  public RankingDriver(int top) {
    Topics topics = new Topics("salient");
    driver = new TopologyTestDriver(topology(top, new Counts()).build(), properties());
    probes =
        driver.createInputTopic(
            topics.probes(), new ByteArraySerializer(), new ByteArraySerializer());
    results =
        driver.createOutputTopic(
            topics.results(), new StringDeserializer(), new ByteArrayDeserializer());
    deadLetters =
        driver.createOutputTopic(
            topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static RankingTopology topology(int top, RankingMetrics metrics) {
    return new RankingTopology(
        new Topics("salient"),
        top,
        Duration.ofHours(1),
        new RankingStores(Stores::inMemoryKeyValueStore),
        metrics);
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put("processing.exception.handler.global.enabled", true);
    return properties;
  }

  public RankingDriver send(Probes fit) {
    fit.records().forEach(record -> send(fit.key(), record));
    return this;
  }

  public RankingDriver send(String key, SpecificRecord record) {
    return sendRaw(key.getBytes(StandardCharsets.UTF_8), PROBES.encode(record));
  }

  RankingDriver sendRaw(byte[] key, byte[] value) {
    probes.pipeInput(key, value, Probes.START);
    return this;
  }

  void sendAt(Instant time, String key, SpecificRecord record) {
    probes.pipeInput(key.getBytes(StandardCharsets.UTF_8), PROBES.encode(record), time);
  }

  /** The latest bytes under each key, as a compacted topic keeps them. */
  public Map<String, byte[]> results() {
    drain();
    return view;
  }

  /** Everything that was emitted since the last call. */
  List<TestRecord<String, byte[]>> drain() {
    List<TestRecord<String, byte[]>> records = results.readRecordsToList();
    for (TestRecord<String, byte[]> record : records) {
      if (record.value() == null) {
        view.remove(record.key());
      } else {
        view.put(record.key(), record.value());
      }
    }
    return records;
  }

  SpecificRecord result(String key) {
    byte[] bytes = results().get(key);
    return bytes == null ? null : RESULTS.decode(bytes);
  }

  SalientNeurons neurons(long step) {
    return (SalientNeurons) result(key(step, ResultKey.Kind.NEURONS));
  }

  NeuronDrift drift(long step, ResultKey.Kind kind) {
    return (NeuronDrift) result(key(step, kind));
  }

  static String key(long step, ResultKey.Kind kind) {
    return new ResultKey("run", "upos", step, kind).text();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.readRecordsToList();
  }

  int collected() {
    int count = 0;
    try (var all = driver.<String, byte[]>getKeyValueStore(RankingStores.COLLECTED).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  public KeptRankings kept() {
    return new KeptRankings(
        driver.getKeyValueStore(RankingStores.CHECKPOINTS),
        driver.getKeyValueStore(RankingStores.ORDERS),
        driver.getKeyValueStore(RankingStores.NEURONS),
        driver.getKeyValueStore(RankingStores.REPLICATES));
  }

  @Override
  public void close() {
    driver.close();
  }

  private final class Counts implements RankingMetrics {
    @Override
    public void deadLetter(DeadLetterReason reason) {
      counted.add(reason);
    }

    @Override
    public void superseded() {
      superseded++;
    }

    @Override
    public void forgotten(int probes) {
      forgotten += probes;
    }
  }
}
