package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.Encoding;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an announcement leads to. */
class AnnouncementsTest {
  private static final int SENTENCES = 5;

  @TempDir Path temp;
  private final Topics topics = new Topics("salient");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private MockProducer<byte[], byte[]> producer;
  private Announcements announcements;

  @BeforeEach
  void start() {
    producer = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    announcements = announcements(producer);
  }

  private Announcements announcements(MockProducer<byte[], byte[]> to) {
    return announcements(to, LayerChoice.ALL, Long.MAX_VALUE);
  }

  private Announcements announcements(
      MockProducer<byte[], byte[]> to, LayerChoice layers, long maxBytes) {
    return announcements(to, new SmallCorpus(SENTENCES), layers, maxBytes);
  }

  private Announcements announcements(
      MockProducer<byte[], byte[]> to, ExtractionCorpus corpus, LayerChoice layers, long maxBytes) {
    Extraction extraction =
        new Extraction(
            CheckpointRoots.of(List.of(temp.toString())),
            corpus,
            new ExtractionSettings(
                Aggregation.LAST, Encoding.FLOAT32, layers, maxBytes, 42, "test"));
    return new Announcements(
        extraction, new BlockPublisher(to, topics), new ExtractionMeters(registry));
  }

  private static ConsumerRecord<byte[], byte[]> raw(byte[] key, byte[] value) {
    return new ConsumerRecord<>("salient.checkpoints", 3, 17, key, value);
  }

  private static CheckpointSaved saved(Path folder, boolean again) {
    return CheckpointSaved.newBuilder()
        .setRun("run")
        .setStep(20)
        .setUri(folder.toString())
        .setAgain(again)
        .setAnnouncedAt(Instant.EPOCH)
        .build();
  }

  private static ConsumerRecord<byte[], byte[]> announcement(Path folder, boolean again) {
    return raw(
        "run".getBytes(StandardCharsets.UTF_8),
        TopicSerdes.checkpoints().encode(saved(folder, again)));
  }

  private List<SpecificRecord> activations() {
    return producer.history().stream()
        .filter(r -> r.topic().equals(topics.activations()))
        .map(r -> TopicSerdes.activations().decode(r.value()))
        .toList();
  }

  private List<ProducerRecord<byte[], byte[]>> deadLetters() {
    return producer.history().stream().filter(r -> r.topic().equals(topics.deadLetters())).toList();
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldSendTheOpeningRecordAndEveryRowOnce() {
    // given
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    // when
    announcements.handle(announcement(folder, false), () -> false);
    // then
    List<SpecificRecord> sent = activations();
    ExtractionStarted started = (ExtractionStarted) sent.getFirst();
    assertThat(started.getRows()).isEqualTo(2 * SENTENCES);
    assertThat(started.getDroppedWords()).isEqualTo(SENTENCES);
    assertThat(started.getLayers()).isEqualTo(TinyCheckpoint.BLOCKS + 1);
    assertThat(started.getHiddenSize()).isEqualTo(TinyCheckpoint.HIDDEN);
    assertThat(started.getCheckpointId()).hasSize(64);
    assertThat(started.getProvenance().getModelType()).isEqualTo("bert");
    assertThat(sent.stream().skip(1).map(ActivationBlock.class::cast).toList())
        .allSatisfy(b -> assertThat(b.getCheckpointId()).isEqualTo(started.getCheckpointId()))
        .flatExtracting(ActivationBlock::getRows)
        .containsExactlyInAnyOrder(0, 2, 3, 5, 6, 8, 9, 11, 12, 14);
    assertThat(deadLetters()).isEmpty();
    assertThat(registry.counter("salient.extractor.words").count()).isEqualTo(2 * SENTENCES);
  }

  @Test
  void shouldTellHowLongAgoTheCheckpointInWorkWasAnnounced() {
    // given: announced long ago
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    Gauge age = registry.get("salient.extractor.announcement.age").gauge();
    List<Double> ages = new ArrayList<>();
    // when
    announcements.handle(
        announcement(folder, false),
        () -> {
          ages.add(age.value());
          return false;
        });
    // then
    assertThat(ages).isNotEmpty().allMatch(seconds -> seconds > 1e9);
    assertThat(age.value()).isZero();
    assertThat(MDC.get("run")).isNull();
  }

  @Test
  void shouldSendOnlyTheChosenLayersAndSayWhichTheyAre() {
    // given
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    LayerChoice choice = new LayerChoice(List.of(-1, 0));
    // when
    announcements(producer, choice, Long.MAX_VALUE)
        .handle(announcement(folder, false), () -> false);
    // then
    ExtractionStarted started = (ExtractionStarted) activations().getFirst();
    ActivationBlock block = (ActivationBlock) activations().get(1);
    long bytes = 2 * SENTENCES * 2 * TinyCheckpoint.HIDDEN * 4;
    assertThat(started.getLayers()).isEqualTo(2);
    assertThat(started.getLayerNumbers()).containsExactly(0, TinyCheckpoint.BLOCKS);
    assertThat(started.getEstimatedBytes()).isEqualTo(bytes);
    assertThat(block.getActivations().remaining())
        .isEqualTo(block.getRows().size() * 2 * TinyCheckpoint.HIDDEN * 4);
  }

  @Test
  void shouldRefuseACheckpointThatIsTooLargeBeforeItsFirstRecord() {
    // given: 10 rows of 3 layers of float32, and room for two of the layers
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    long room = 2 * SENTENCES * 2 * TinyCheckpoint.HIDDEN * 4;
    // when
    announcements(producer, LayerChoice.ALL, room).handle(announcement(folder, false), () -> false);
    // then
    assertThat(activations()).hasSize(1);
    assertThat(((ExtractionFailed) activations().getFirst()).getMessage())
        .contains("2 of these 3 would fit", "salient.extractor.max-bytes-per-checkpoint");
  }

  @Test // F18
  void shouldExtractTheSameBytesOnceUnlessAskedAgain() {
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    announcements.handle(announcement(folder, false), () -> false);
    int once = activations().size();
    announcements.handle(announcement(folder, false), () -> false);
    assertThat(activations()).hasSize(once);
    assertThat(registry.counter("salient.extractor.skipped").count()).isEqualTo(1);
    announcements.handle(announcement(folder, true), () -> false);
    assertThat(activations()).hasSize(2 * once);
    // and other bytes at the same step are another checkpoint
    TinyCheckpoint.random(2).writeStep(temp, 20);
    announcements.handle(announcement(folder, false), () -> false);
    assertThat(activations()).hasSize(3 * once);
  }

  @Test // I5, I6, S5, F17
  void shouldTellWhatIsWrongWithACheckpointAndGoOn() throws IOException {
    // given
    Path nan =
        TinyCheckpoint.random(1)
            .value("bert.embeddings.LayerNorm.bias", 0, Float.NaN)
            .write(temp.resolve("nan"));
    Path gone = temp.resolve("gone");
    Path outside = Files.createTempDirectory("outside");
    // when
    announcements.handle(announcement(nan, false), () -> false);
    announcements.handle(announcement(gone, false), () -> false);
    announcements.handle(announcement(outside, false), () -> false);
    Files.delete(outside);
    // then
    assertThat(activations())
        .extracting(r -> ((ExtractionFailed) r).getReason())
        .containsExactly("weights.non-finite", "uri.missing", "uri.outside-roots");
    assertThat(((ExtractionFailed) activations().getFirst()).getMessage())
        .contains("non-finite in bert.embeddings.LayerNorm.bias");
    assertThat(deadLetters())
        .hasSize(3)
        .allSatisfy(
            letter -> assertThat(header(letter, "salient.reason")).isEqualTo("checkpoint.bad"));
    // and a good one afterwards is extracted
    announcements.handle(
        announcement(TinyCheckpoint.random(1).writeStep(temp, 20), false), () -> false);
    assertThat(activations()).hasAtLeastOneElementOfType(ExtractionStarted.class);
  }

  @Test // I20: every weight is finite, and what comes of them is not
  void shouldTellThatActivationsAreNotFinite() {
    // given
    TinyCheckpoint huge = TinyCheckpoint.random(1);
    for (int unit = 0; unit < TinyCheckpoint.HIDDEN; unit++) {
      huge.value("bert.encoder.layer.1.output.LayerNorm.weight", unit, 3e38f);
    }
    // when
    announcements.handle(announcement(huge.writeStep(temp, 20), false), () -> false);
    // then
    ExtractionFailed failed = (ExtractionFailed) activations().getLast();
    assertThat(failed.getReason()).isEqualTo("activations.non-finite");
    assertThat(failed.getMessage())
        .contains("not finite although its weights are", "layer 2, unit ", "of small");
    assertThat(activations()).noneMatch(ActivationBlock.class::isInstance);
  }

  @Test // I20: one word's embedding overflows, and only the last layer is sent
  void shouldSayInWhichLayerAndAtWhichWordAValueStoppedBeingFinite() {
    // given: subword 4 stands in sentence 4 alone
    TinyCheckpoint huge =
        TinyCheckpoint.random(1)
            .value("bert.embeddings.word_embeddings.weight", 4 * TinyCheckpoint.HIDDEN + 2, 3e38f);
    // when
    announcements(producer, new LayerChoice(List.of(-1)), Long.MAX_VALUE)
        .handle(announcement(huge.writeStep(temp, 20), false), () -> false);
    // then
    assertThat(((ExtractionFailed) activations().getLast()).getMessage())
        .contains("NaN arises in layer 0, unit 0, at word 0 of sentence 4 of small");
  }

  @Test // I20
  void shouldCountSubwordsWhereAValueAroseAtNoWord() {
    // given: subword 1 begins every sentence
    TinyCheckpoint huge =
        TinyCheckpoint.random(1)
            .value("bert.embeddings.word_embeddings.weight", TinyCheckpoint.HIDDEN + 2, 3e38f);
    // when
    announcements.handle(announcement(huge.writeStep(temp, 20), false), () -> false);
    // then
    assertThat(((ExtractionFailed) activations().getLast()).getMessage())
        .contains("layer 0, unit 0, at subword 0 of sentence 0 of small");
  }

  @Test // I13, I14
  void shouldRefuseACorpusOfWhichNoWordGetsAVector() {
    // given
    ExtractionCorpus blank = new SmallCorpus(0);
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    // when
    announcements(producer, blank, LayerChoice.ALL, Long.MAX_VALUE)
        .handle(announcement(folder, false), () -> false);
    // then
    ExtractionFailed failed = (ExtractionFailed) activations().getFirst();
    assertThat(activations()).hasSize(1);
    assertThat(failed.getReason()).isEqualTo("corpus.no-rows");
    assertThat(failed.getMessage())
        .contains("small", "none of its 0 words", "salient.extractor.corpus.path");
  }

  @Test // I16, I18
  void shouldMakeDeadLettersOfWhatIsNoAnnouncement() {
    byte[] key = "run".getBytes(StandardCharsets.UTF_8);
    byte[] good = TopicSerdes.checkpoints().encode(saved(temp, false));
    announcements.handle(raw(null, good), () -> false);
    announcements.handle(raw(key, null), () -> false);
    announcements.handle(raw(key, new byte[] {1, 2, 3}), () -> false);
    announcements.handle(raw(key, java.util.Arrays.copyOf(good, good.length - 1)), () -> false);
    announcements.handle(raw("other".getBytes(StandardCharsets.UTF_8), good), () -> false);
    assertThat(deadLetters())
        .extracting(letter -> header(letter, "salient.reason"))
        .containsExactly(
            "record.null-key",
            "record.null-value",
            "record.undecodable",
            "record.undecodable",
            "record.invalid-field");
    assertThat(deadLetters().get(2).value()).containsExactly(1, 2, 3);
    assertThat(header(deadLetters().get(2), "salient.source.offset")).isEqualTo("17");
    assertThat(activations()).isEmpty();
  }

  @Test
  void shouldRethrowKafkasErrorsAndNotMakeThemTheCheckpointsFault() {
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    producer.sendException = new TimeoutException("no broker");
    assertThatThrownBy(() -> announcements.handle(announcement(folder, false), () -> false))
        .isInstanceOf(KafkaException.class);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void shouldNoticeARecordThatWasNotAcknowledged() {
    // given: results come from another thread, the second one is an error
    MockProducer<byte[], byte[]> slow =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized void flush() {
            completeNext();
            errorNext(new TimeoutException("batch expired"));
            while (completeNext()) {}
          }
        };
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    // then
    assertThatThrownBy(() -> announcements(slow).handle(announcement(folder, false), () -> false))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("batch expired");
  }

  @Test
  void shouldStopBetweenBatchesWhenTold() {
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 20);
    assertThatThrownBy(() -> announcements.handle(announcement(folder, false), () -> true))
        .isInstanceOf(CancellationException.class);
    assertThat(activations()).hasOnlyElementsOfType(ExtractionStarted.class);
    assertThat(deadLetters()).isEmpty();
  }
}
