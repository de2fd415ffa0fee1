package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.probe.PlantedCheckpoint;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.CorpusInfo;
import io.salient.schemas.avro.Encoding;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.LabelCodes;
import io.salient.schemas.avro.SplitBy;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** I16 to I20, F26: one dead letter each, and the checkpoint that it stood in is fitted. */
class PoisonActivationsTest {
  private static final PlantedCheckpoint CHECKPOINT = new PlantedCheckpoint(0);
  private static final AvroSerde<SpecificRecord> SERDE = TopicSerdes.activations();

  @TempDir Path folder;

  static Stream<Arguments> poison() {
    byte[] key = ProbeDriver.key();
    byte[] good = SERDE.encode(CHECKPOINT.blocks().getFirst());
    byte[] foreign = "other".getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of("I18 no key", null, good, DeadLetterReason.NULL_KEY),
        Arguments.of("I18 no value", key, null, DeadLetterReason.NULL_VALUE),
        Arguments.of("I16 random", key, new byte[] {1, 2, 3}, DeadLetterReason.UNDECODABLE),
        Arguments.of(
            "I16 truncated",
            key,
            Arrays.copyOf(good, good.length - 1),
            DeadLetterReason.UNDECODABLE),
        Arguments.of(
            "I16 trailing",
            key,
            Arrays.copyOf(good, good.length + 1),
            DeadLetterReason.UNDECODABLE),
        Arguments.of("another key", foreign, good, DeadLetterReason.INVALID_FIELD),
        Arguments.of(
            "failure under another key",
            foreign,
            SERDE.encode(
                new ExtractionFailed(
                    "run", 1L, "", "uri", "reason", "message", PlantedCheckpoint.START)),
            DeadLetterReason.INVALID_FIELD),
        block("unknown", b -> b.setCheckpointId("x"), DeadLetterReason.UNKNOWN_CHECKPOINT),
        block("unknown step", b -> b.setStep(7), DeadLetterReason.UNKNOWN_CHECKPOINT),
        block("I19 width", b -> b.setActivations(values(1, 7)), DeadLetterReason.WRONG_WIDTH),
        block("I20 NaN", b -> b.setActivations(one(Float.NaN)), DeadLetterReason.NON_FINITE),
        block(
            "I20 infinite",
            b -> b.setActivations(one(Float.NEGATIVE_INFINITY)),
            DeadLetterReason.NON_FINITE),
        block("negative row", b -> b.setRows(List.of(-1)), DeadLetterReason.INVALID_FIELD),
        block(
            "row beyond the corpus",
            b -> b.setRows(List.of(PlantedCheckpoint.WORDS)),
            DeadLetterReason.INVALID_FIELD),
        block("no labels", b -> b.setLabels(List.of()), DeadLetterReason.WRONG_LABELS),
        block("code too high", b -> b.setLabels(codes(2)), DeadLetterReason.WRONG_LABELS),
        block("code too low", b -> b.setLabels(codes(-2)), DeadLetterReason.WRONG_LABELS),
        block("words missing", b -> b.setWords(List.of()), DeadLetterReason.INVALID_FIELD),
        block("codes missing", b -> b.setLabels(codes()), DeadLetterReason.WRONG_LABELS),
        started("I19 other width", s -> s.setHiddenSize(5), DeadLetterReason.WRONG_WIDTH),
        fresh("no layers", s -> s.setLayers(0), DeadLetterReason.INVALID_FIELD),
        fresh(
            "I17 huge rows",
            s -> s.setLayers(Integer.MAX_VALUE).setHiddenSize(Integer.MAX_VALUE),
            DeadLetterReason.INVALID_FIELD),
        fresh(
            "I17 huge corpus",
            s -> s.setCorpus(corpus(Integer.MAX_VALUE)),
            DeadLetterReason.INVALID_FIELD),
        fresh(
            "I17 huge matrix",
            s -> s.setCorpus(corpus(1 << 26)).setHiddenSize(1 << 20),
            DeadLetterReason.INVALID_FIELD),
        fresh("more rows than words", s -> s.setRows(201), DeadLetterReason.INVALID_FIELD),
        fresh("negative step", s -> s.setStep(-1), DeadLetterReason.INVALID_FIELD),
        fresh("id with a slash", s -> s.setCheckpointId("a/b"), DeadLetterReason.INVALID_FIELD),
        fresh("another run", s -> s.setRun("other"), DeadLetterReason.INVALID_FIELD),
        fresh(
            "concept twice",
            s ->
                s.setConcepts(
                    List.of(new ConceptInfo("a", List.of()), new ConceptInfo("a", List.of()))),
            DeadLetterReason.INVALID_FIELD),
        fresh(
            "label twice",
            s -> s.setConcepts(List.of(new ConceptInfo("a", List.of("x", "x")))),
            DeadLetterReason.INVALID_FIELD),
        fresh(
            "sentences out of order",
            s -> s.setCorpus(corpus(200, 0, 9, 5).build()),
            DeadLetterReason.INVALID_FIELD),
        fresh(
            "groups of other sentences",
            s -> s.setCorpus(corpus(200, 0, 9).setGroups(ByteBuffer.allocate(4)).build()),
            DeadLetterReason.INVALID_FIELD),
        fresh(
            "files out of order",
            s ->
                s.setCorpus(
                    corpus(200, 0, 9).setSplit(SplitBy.FILE).setFileStarts(List.of(2, 1)).build()),
            DeadLetterReason.INVALID_FIELD),
        fresh(
            "files without starts",
            s -> s.setCorpus(corpus(200, 0, 9).setSplit(SplitBy.FILE).build()),
            DeadLetterReason.INVALID_FIELD));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("poison")
  void shouldBeADeadLetterAndNothingElse(
      String name, byte[] key, byte[] value, DeadLetterReason reason) {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      // given: the first half of a checkpoint
      driver.send(CHECKPOINT.started());
      CHECKPOINT.blocks().subList(0, 5).forEach(driver::send);

      // when
      driver.sendRaw(key, value);
      CHECKPOINT.blocks().subList(5, 10).forEach(driver::send);
      driver.settle();

      // then
      assertThat(driver.dead()).hasSize(1);
      TestRecord<byte[], byte[]> letter = driver.dead().getFirst();
      assertThat(letter.key()).isEqualTo(key);
      assertThat(letter.value()).isEqualTo(value);
      assertThat(header(letter, "salient.reason")).isEqualTo(reason.code());
      assertThat(header(letter, "salient.service")).isEqualTo("probe");
      assertThat(header(letter, "salient.source.offset")).isEqualTo("6");
      assertThat(driver.lastReport(0, "planted").getFinal$()).isTrue();
    }
  }

  /** I20: values at the edge of float32 are values. */
  @Test
  void shouldTakeFiniteExtremes() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.send(CHECKPOINT.started());
      driver.send(one(one(1e38f)));
      driver.send(one(one(-0.0f)));
      driver.send(one(one(Float.MIN_VALUE)));
      CHECKPOINT.blocks().forEach(driver::send);
      driver.settle();

      assertThat(driver.dead()).isEmpty();
      assertThat(driver.lastReport(0, "planted").getFinal$()).isTrue();
      assertThat(driver.lastReport(0, "planted").getCertificate().getObjective()).isFinite();
    }
  }

  private static ActivationBlock one(java.nio.ByteBuffer values) {
    return ActivationBlock.newBuilder(CHECKPOINT.block(List.of(0))).setActivations(values).build();
  }

  private static Arguments block(
      String name, Consumer<ActivationBlock.Builder> change, DeadLetterReason reason) {
    ActivationBlock.Builder builder = ActivationBlock.newBuilder(CHECKPOINT.block(List.of(0)));
    change.accept(builder);
    return Arguments.of(name, ProbeDriver.key(), SERDE.encode(builder.build()), reason);
  }

  private static Arguments started(
      String name, Consumer<ExtractionStarted.Builder> change, DeadLetterReason reason) {
    ExtractionStarted.Builder builder = ExtractionStarted.newBuilder(CHECKPOINT.started());
    change.accept(builder);
    return Arguments.of(name, ProbeDriver.key(), SERDE.encode(builder.build()), reason);
  }

  private static Arguments fresh(
      String name, Consumer<ExtractionStarted.Builder> change, DeadLetterReason reason) {
    return started(name, s -> change.accept(s.setStep(5).setCheckpointId("fresh")), reason);
  }

  private static CorpusInfo corpus(int words) {
    return corpus(words, 0).build();
  }

  private static CorpusInfo.Builder corpus(int words, Integer... starts) {
    return CorpusInfo.newBuilder()
        .setName("c")
        .setHash("h")
        .setWords(words)
        .setSentenceStarts(List.of(starts));
  }

  private static List<LabelCodes> codes(Integer... planted) {
    return List.of(new LabelCodes(List.of(planted)), new LabelCodes(List.of(0)));
  }

  private static java.nio.ByteBuffer one(float value) {
    float[] row = new float[PlantedCheckpoint.WIDTH];
    row[3] = value;
    return ActivationCodec.encode(MemorySegment.ofArray(row), Encoding.FLOAT32);
  }

  private static java.nio.ByteBuffer values(int rows, int width) {
    return ActivationCodec.encode(MemorySegment.ofArray(new float[rows * width]), Encoding.FLOAT32);
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
