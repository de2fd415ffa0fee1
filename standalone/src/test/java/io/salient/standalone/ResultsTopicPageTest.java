package io.salient.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.ResultKey;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.report.RecordedResults;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java program of docs/results-topic.md, taken out of the page and run as the page says, in a
 * process of its own with nothing but the libraries that the page names.
 */
class ResultsTopicPageTest {
  private static final Path PAGE = Path.of("../docs/results-topic.md");
  private static final Pattern PROGRAM = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String TOPIC = "salient.results";

  /** The jar schemas and what comes with it, as jars or, built in the same go, as classes. */
  private static final Pattern NAMED =
      Pattern.compile(
          ".*(/schemas/target/classes|/schemas-[^/]*\\.jar|/(kafka-clients|avro|jackson-(core|databind|annotations)|slf4j-api"
              + "|commons-compress|commons-(io|codec|lang3)|lz4-java|snappy-java|zstd-jni)-[^/]*\\.jar)");

  @TempDir Path folder;

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldReadTheTopicAsThePageSays() throws Exception {
    // given
    List<SpecificRecord> results = RecordedResults.read();
    Map<String, SpecificRecord> drifts =
        results.stream()
            .filter(NeuronDrift.class::isInstance)
            .collect(Collectors.toMap(one -> driftKey((NeuronDrift) one), one -> one));
    Path program = Files.writeString(folder.resolve("Verdicts.java"), program());
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"), Map.of())) {
      publish(broker.bootstrapServers(), results, drifts);

      // when
      List<String> lines = run(program, broker.bootstrapServers(), drifts.size());

      // then
      assertThat(drifts).hasSizeGreaterThan(3);
      assertThat(lines)
          .containsExactlyInAnyOrderElementsOf(
              drifts.entrySet().stream()
                  .map(one -> one.getKey() + " " + ((NeuronDrift) one.getValue()).getVerdict())
                  .toList());
    }
  }

  private static String program() throws IOException {
    Matcher block = PROGRAM.matcher(Files.readString(PAGE));
    assertThat(block.find()).as("a Java program in %s", PAGE).isTrue();
    return block.group(1);
  }

  private static String driftKey(NeuronDrift drift) {
    ResultKey.Kind kind =
        drift.getAgainst() == DriftAgainst.BASELINE
            ? ResultKey.Kind.DRIFT_BASELINE
            : ResultKey.Kind.DRIFT_PREVIOUS;
    return new ResultKey(drift.getRun(), drift.getConcept(), drift.getStep(), kind).text();
  }

  /** Rankings between the drifts, and a key that was removed: what the program has to pass over. */
  private static void publish(
      String bootstrapServers, List<SpecificRecord> results, Map<String, SpecificRecord> drifts)
      throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
      for (SpecificRecord result : results) {
        if (result instanceof SalientNeurons neurons) {
          send(
              producer,
              new ResultKey(
                      neurons.getRun(),
                      neurons.getConcept(),
                      neurons.getStep(),
                      ResultKey.Kind.NEURONS)
                  .text(),
              neurons);
        }
      }
      producer.send(new ProducerRecord<>(TOPIC, "demo/upos/-/alarm", null)).get();
      for (Map.Entry<String, SpecificRecord> drift : drifts.entrySet()) {
        send(producer, drift.getKey(), drift.getValue());
      }
    }
  }

  private static void send(KafkaProducer<String, byte[]> producer, String key, SpecificRecord value)
      throws Exception {
    byte[] bytes = TopicSerdes.results().serializer().serialize(TOPIC, value);
    producer.send(new ProducerRecord<>(TOPIC, key, bytes)).get();
  }

  /** What it prints, until it has printed so many lines. */
  private List<String> run(Path program, String bootstrapServers, int lines) throws IOException {
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                namedLibraries(),
                program.toString(),
                bootstrapServers)
            .redirectError(errors.toFile())
            .start();
    List<String> printed = new ArrayList<>();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = ""; printed.size() < lines && line != null; ) {
        line = out.readLine();
        if (line != null) {
          printed.add(line);
        }
      }
    } finally {
      process.destroy();
      process.onExit().join();
    }
    assertThat(printed).as(Files.readString(errors)).hasSize(lines);
    return printed;
  }

  private static String namedLibraries() {
    String found =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> NAMED.matcher(entry).matches())
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(found).contains("schemas", "kafka-clients", "avro");
    return found;
  }
}
