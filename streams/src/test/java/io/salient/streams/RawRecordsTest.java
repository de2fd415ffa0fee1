package io.salient.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.CheckpointSaved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawRecordsTest {
  private static final byte[] KEY = "run".getBytes(StandardCharsets.UTF_8);

  private final List<DeadLetterReason> counted = new ArrayList<>();
  private final List<SpecificRecord> taken = new ArrayList<>();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> input;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  /** Takes what can be read. */
  private final class Taking implements Processor<byte[], byte[], Object, Object> {
    private RawRecords records;

    @Override
    public void init(ProcessorContext<Object, Object> context) {
      records =
          new RawRecords(
              TopicSerdes.checkpoints(), new DeadLetters("probe", context, counted::add));
    }

    @Override
    public void process(Record<byte[], byte[]> raw) {
      records.decode(raw).ifPresent(taken::add);
    }
  }

  @BeforeEach
  void open() {
    ByteArrayDeserializer reader = new ByteArrayDeserializer();
    ByteArraySerializer writer = new ByteArraySerializer();
    driver =
        new TopologyTestDriver(
            new Topology()
                .addSource("in", reader, reader, "checkpoints")
                .addProcessor("take", Taking::new, "in")
                .addSink(DeadLetters.SINK, "dead", writer, writer, "take"));
    input = driver.createInputTopic("checkpoints", writer, writer);
    deadLetters = driver.createOutputTopic("dead", reader, reader);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldReadARecord() {
    // given
    CheckpointSaved saved =
        CheckpointSaved.newBuilder()
            .setRun("run")
            .setStep(3)
            .setUri("/runs/run/checkpoint-3")
            .setAnnouncedAt(java.time.Instant.EPOCH)
            .build();

    // when
    input.pipeInput(KEY, TopicSerdes.checkpoints().serializer().serialize("checkpoints", saved));

    // then
    assertThat(taken).containsExactly(saved);
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void shouldSendWhatCannotBeReadToTheDeadLetters() {
    // given
    byte[] bytes = {1, 2, 3};

    // when
    input.pipeInput(KEY, bytes);
    input.pipeInput(null, bytes);
    input.pipeInput(KEY, (byte[]) null);

    // then
    assertThat(taken).isEmpty();
    List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
    assertThat(letters).extracting(TestRecord::value).containsExactly(bytes, bytes, null);
    assertThat(letters).extracting(TestRecord::key).containsExactly(KEY, null, KEY);
    assertThat(letters)
        .extracting(letter -> header(letter.headers(), "salient.reason"))
        .containsExactlyElementsOf(counted.stream().map(DeadLetterReason::code).toList());
    assertThat(counted).endsWith(DeadLetterReason.NULL_KEY, DeadLetterReason.NULL_VALUE).hasSize(3);
    assertThat(letters)
        .extracting(letter -> header(letter.headers(), "salient.source.offset"))
        .containsExactly("0", "1", "2");
    assertThat(header(letters.getFirst().headers(), "salient.service")).isEqualTo("probe");
    assertThat(header(letters.getFirst().headers(), "salient.source.topic"))
        .isEqualTo("checkpoints");
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
