package io.salient.standalone.system;

import static io.salient.standalone.system.RunOnBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics for readers that ask a schema registry. F15: it is down at the start, and again once ids
 * are known.
 *
 * <pre>
 * registry           down ---- up ------------------X down
 * step 0, without    ---- ranked
 * step 20, with              waits ---- ids, extract ---- ranked, drift against step 0
 * </pre>
 */
class RegistryIT {
  private static final byte SINGLE_OBJECT = (byte) 0xC3;
  private static final byte REGISTRY = 0;

  /** Types of records of all four topics together. */
  private static final int SUBJECTS = 18;

  @TempDir Path folder;

  @Test
  void shouldSwitchTopicsOverToARegistryThatComesLateAndGoesAway()
      throws IOException, InterruptedException {
    try (RunOnBroker broker = new RunOnBroker(folder);
        RegistryProcess registry = new RegistryProcess(folder)) {
      // given
      SmallRun run = broker.run();
      IsolatedSalient salient = broker.salient("registry");
      Path later = run.folder().resolve("checkpoint-20");
      Files.move(later, folder.resolve("later"));
      try (SalientProcess without = salient.once(run)) {
        assertThat(without.exitCode(PATIENCE)).as(without::errors).isZero();
      }
      Files.move(folder.resolve("later"), later);
      int before = results(salient).size();

      // when
      Map<Integer, Schema> schemas = new HashMap<>();
      try (SalientProcess with = salient.registered(run, registry.url())) {
        with.until(() -> with.errors().contains("records wait"), PATIENCE);
        registry.start();
        registry.awaitSubjects(SUBJECTS, PATIENCE);
        schemas.putAll(schemas(registry));
        registry.killHard();
        assertThat(with.exitCode(PATIENCE)).as(with::errors).isZero();
      }

      // then
      Map<Byte, List<ConsumerRecord<byte[], byte[]>>> byFormat =
          results(salient).stream().collect(Collectors.groupingBy(record -> record.value()[0]));
      assertThat(byFormat).containsOnlyKeys(SINGLE_OBJECT, REGISTRY);
      assertThat(byFormat.get(SINGLE_OBJECT)).hasSize(before);
      Map<String, GenericRecord> latest = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record : byFormat.get(REGISTRY)) {
        latest.put(
            new String(record.key(), StandardCharsets.UTF_8), generic(record.value(), schemas));
      }
      assertThat(latest).containsKeys("small-run/upos/20/neurons", "small-run/upos/20/evaluation");
      GenericRecord drift = latest.get("small-run/upos/20/drift-baseline");
      assertThat(drift.getSchema().getName()).isEqualTo("NeuronDrift");
      assertThat(drift.get("otherStep")).isEqualTo(0L);
      try (TopicJudge judge = salient.judge(salient.topics().deadLetters())) {
        assertThat(judge.all()).isEmpty();
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> results(IsolatedSalient salient) {
    try (TopicJudge judge = salient.judge(salient.topics().results())) {
      return judge.all();
    }
  }

  /** The latest schema of every subject, by id. */
  private static Map<Integer, Schema> schemas(RegistryProcess registry)
      throws IOException, InterruptedException {
    Map<Integer, Schema> schemas = new HashMap<>();
    for (JsonNode subject : registry.get("/subjects")) {
      JsonNode latest = registry.get("/subjects/" + subject.asText() + "/versions/latest");
      schemas.put(
          latest.get("id").intValue(), new Schema.Parser().parse(latest.get("schema").asText()));
    }
    return schemas;
  }

  /** As a consumer that knows Confluent's format and nothing of Salient reads it. */
  private static GenericRecord generic(byte[] value, Map<Integer, Schema> schemas)
      throws IOException {
    ByteBuffer header = ByteBuffer.wrap(value);
    assertThat(header.get()).isEqualTo(REGISTRY);
    Schema schema = schemas.get(header.getInt());
    BinaryDecoder body =
        DecoderFactory.get().binaryDecoder(value, header.position(), header.remaining(), null);
    GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, body);
    assertThat(body.isEnd()).isTrue();
    return record;
  }
}
