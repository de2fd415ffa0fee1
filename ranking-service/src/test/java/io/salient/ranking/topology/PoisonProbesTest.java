package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Stage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** I16 to I20, F26: one dead letter each, and the next good fit is ranked. */
class PoisonProbesTest {
  private static final Probes FIT = Probes.atStep(20);

  private final RankingDriver driver = new RankingDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test // I16
  void shouldRefuseBytesThatAreNoRecord() {
    byte[] whole = bytes(FIT.report());
    byte[] random = new byte[64];
    new Random(1).nextBytes(random);
    byte[] trailing = Arrays.copyOf(whole, whole.length + 1);
    byte[] truncated = Arrays.copyOf(whole, whole.length / 2);

    shouldRefuse(FIT.key(), random, DeadLetterReason.UNDECODABLE);
    shouldRefuse(FIT.key(), new byte[0], DeadLetterReason.UNDECODABLE);
    shouldRefuse(FIT.key(), new byte[8], DeadLetterReason.UNDECODABLE);
    shouldRefuse(FIT.key(), trailing, DeadLetterReason.UNDECODABLE);
    shouldRefuse(FIT.key(), truncated, DeadLetterReason.UNDECODABLE);
  }

  @Test // I16
  void shouldRefuseRecordsOfOtherTopics() {
    CheckpointSaved foreign =
        CheckpointSaved.newBuilder()
            .setRun("run")
            .setStep(1)
            .setUri("file:/x")
            .setAnnouncedAt(Probes.START)
            .build();

    shouldRefuse(
        "run",
        AvroSerde.of(CheckpointSaved.class).encode(foreign),
        DeadLetterReason.UNEXPECTED_TYPE);
    byte[] unknown = bytes(FIT.report());
    ByteBuffer.wrap(unknown).putLong(2, 42);
    shouldRefuse(FIT.key(), unknown, DeadLetterReason.UNEXPECTED_TYPE);
  }

  @Test // I17: a length prefix of 2 GiB in front of nothing
  void shouldRefuseLengthsThatAreLies() {
    byte[] whole = bytes(FIT.report());
    byte[] lying = Arrays.copyOf(whole, 16);
    byte[] prefix = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    System.arraycopy(prefix, 0, lying, 10, prefix.length);

    shouldRefuse(FIT.key(), lying, DeadLetterReason.UNDECODABLE);
  }

  @Test // I18
  void shouldRefuseMissingKeysAndValues() {
    driver.sendRaw(null, bytes(FIT.report()));
    assertRefused(DeadLetterReason.NULL_KEY, null, bytes(FIT.report()));

    driver.sendRaw(key(FIT.key()), null);
    assertRefused(DeadLetterReason.NULL_VALUE, key(FIT.key()), null);
  }

  @Test
  void shouldRefuseFieldsThatHoldNonsense() {
    ClassProbe probe = FIT.classProbe(0);
    List<SpecificRecord> poison =
        List.of(
            ClassProbe.newBuilder(probe).setLabelIndex(-1).build(),
            ClassProbe.newBuilder(probe).setStep(-1).build(),
            ClassProbe.newBuilder(probe).setReplicate(-1).build(),
            ClassProbe.newBuilder(probe).setCoverage(Float.NaN).build(),
            ClassProbe.newBuilder(probe).setCoverage(1.5f).build(),
            ClassProbe.newBuilder(probe).setRun("../etc").build(),
            ClassProbe.newBuilder(probe).setConcept("a/b").build(),
            ClassProbe.newBuilder(probe).setCheckpointId("").build(),
            ClassProbe.newBuilder(probe).setCheckpointId("a/b").build(),
            ClassProbe.newBuilder(probe).setRun("another").build(),
            FIT.reportBuilder().setLayers(0).build(),
            FIT.reportBuilder().setLayers(-13).build(),
            FIT.reportBuilder().setLayers(1 << 20).setHiddenSize(1 << 20).build(),
            FIT.reportBuilder().setLabels(List.of(Probes.label("A", -1))).build());

    for (SpecificRecord record : poison) {
      shouldRefuse(FIT.key(), bytes(record), DeadLetterReason.INVALID_FIELD);
    }
    shouldRefuse("other", bytes(FIT.status(Stage.FITTING, 1)), DeadLetterReason.INVALID_FIELD);
  }

  @Test // I19, I20
  void shouldRefuseWeightsThatAreNone() {
    ClassProbe probe = FIT.classProbe(0);
    byte[] odd = new byte[7];
    shouldRefuse(
        FIT.key(),
        bytes(ClassProbe.newBuilder(probe).setWeights(ByteBuffer.wrap(odd)).build()),
        DeadLetterReason.WRONG_WIDTH);
    shouldRefuse(
        FIT.key(),
        bytes(FIT.classProbe(0, new float[] {1, Float.NaN})),
        DeadLetterReason.NON_FINITE);
    shouldRefuse(
        FIT.key(),
        bytes(FIT.classProbe(0, new float[] {Float.NEGATIVE_INFINITY})),
        DeadLetterReason.NON_FINITE);
    shouldRefuse(
        FIT.key(),
        bytes(ClassProbe.newBuilder(probe).setBias(Float.NaN).build()),
        DeadLetterReason.NON_FINITE);
  }

  @Test // I19
  void shouldRefuseAProbeThatDoesNotFitItsReport() {
    // given: one probe of three has the wrong width
    ClassProbe wrong = FIT.classProbe(1, new float[] {1, 2});
    driver.send(FIT.key(), FIT.classProbe(0));
    driver.send(FIT.key(), wrong);
    driver.send(FIT.key(), FIT.classProbe(2));

    // when
    driver.send(FIT.key(), FIT.report());

    // then: it alone is refused, with the offset at which it stood
    TestRecord<byte[], byte[]> letter = driver.deadLetters().getFirst();
    assertThat(letter.value()).isEqualTo(bytes(wrong));
    assertThat(header(letter, "salient.reason")).isEqualTo("block.wrong-width");
    assertThat(header(letter, "salient.source.offset")).isEqualTo("1");

    // when: the right one comes after all
    driver.send(FIT.key(), FIT.classProbe(1));

    // then
    assertThat(driver.neurons(20)).isNotNull();
  }

  @Test
  void shouldRefuseALabelThatItsReportDoesNotHave() {
    // given
    ClassProbe beyond = ClassProbe.newBuilder(FIT.classProbe(0)).setLabelIndex(7).build();
    ClassProbe renamed = ClassProbe.newBuilder(FIT.classProbe(1)).setLabel("Z").build();
    driver.send(FIT.key(), beyond).send(FIT.key(), renamed);

    // when
    driver.send(FIT);

    // then: the renamed one was replaced by the right one of the same index
    assertThat(driver.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.value()).isEqualTo(bytes(beyond));
              assertThat(header(letter, "salient.reason")).isEqualTo("block.wrong-labels");
            });
    assertThat(driver.neurons(20)).isNotNull();
  }

  @Test
  void shouldRefuseAReportThatFitsNoneOfItsProbes() {
    // given: three probes of 12 neurons
    FIT.records().stream().limit(3).forEach(probe -> driver.send(FIT.key(), probe));

    // when: the report says 3 x 5
    SpecificRecord wrong = FIT.reportBuilder().setHiddenSize(5).build();
    driver.send(FIT.key(), wrong);

    // then
    assertRefused(DeadLetterReason.WRONG_WIDTH, key(FIT.key()), bytes(wrong));

    // when: the right report comes
    driver.send(FIT.key(), FIT.report());

    // then: the probes were still there
    assertThat(driver.neurons(20)).isNotNull();
  }

  @Test // I20
  void shouldRankDenormalAndHugeWeights() {
    // given
    float[] extreme = new float[Probes.WIDTH];
    extreme[3] = Float.MIN_VALUE;
    extreme[5] = -1e38f;
    extreme[6] = 1e38f;
    extreme[7] = -0.0f;

    // when
    for (int label = 0; label < 3; label++) {
      driver.send(FIT.key(), FIT.classProbe(label, extreme));
    }
    driver.send(FIT.key(), FIT.report());

    // then
    SalientNeurons neurons = driver.neurons(20);
    assertThat(neurons.getRanking().getFirst().getLayer()).isEqualTo(1);
    assertThat(neurons.getRanking().getFirst().getUnit()).isEqualTo(1);
    assertThat(neurons.getRanking()).allMatch(n -> n.getScore() >= 0 && n.getScore() <= 1);
    assertThat(neurons.getPerLabel().getFirst().getNeurons()).hasSize(3);
  }

  private void shouldRefuse(String key, byte[] value, DeadLetterReason reason) {
    driver.sendRaw(key(key), value);
    assertRefused(reason, key(key), value);
  }

  private void assertRefused(DeadLetterReason reason, byte[] key, byte[] value) {
    assertThat(driver.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).isEqualTo(key);
              assertThat(letter.value()).isEqualTo(value);
              assertThat(header(letter, "salient.reason")).isEqualTo(reason.code());
              assertThat(header(letter, "salient.message")).isNotBlank();
              assertThat(header(letter, "salient.service")).isEqualTo("ranking");
              assertThat(header(letter, "salient.source.topic")).isEqualTo("salient.probes");
            });
    assertThat(driver.counted).endsWith(reason);
    driver.send(Probes.atStep(driver.counted.size()).ofRun("good"));
    assertThat(driver.results()).containsKey("good/upos/" + driver.counted.size() + "/neurons");
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(SpecificRecord record) {
    return TopicSerdes.probes().encode(record);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
