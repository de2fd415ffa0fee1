package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.SharedInput;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.corpus.CorpusReader;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.extractor.tokenization.LongSentences;
import io.salient.extractor.tokenization.TokenizationSettings;
import io.salient.extractor.tokenization.TokenizedCorpus;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.Encoding;
import io.salient.schemas.avro.ExtractionStarted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's activations, written to a file and read from there, are the same records again. */
class FileSourceTest {
  private static final int SENTENCES = 700;

  @TempDir Path temp;
  private ExtractionCorpus corpus = new SmallCorpus(SENTENCES);
  private Path checkpoint;

  /** Keeps the opening record and the bytes of every row. */
  private static final class Rows implements BlockSink {
    private ExtractionStarted started;
    private final Map<Integer, ByteBuffer> rows = new TreeMap<>();

    @Override
    public void send(String run, SpecificRecord activation) {
      if (activation instanceof ExtractionStarted opening) {
        started = opening;
      } else if (activation instanceof ActivationBlock block) {
        ByteBuffer bytes = block.getActivations();
        int row = bytes.remaining() / block.getRows().size();
        for (int i = 0; i < block.getRows().size(); i++) {
          rows.put(block.getRows().get(i), bytes.slice(i * row, row));
        }
      }
    }

    @Override
    public void awaitAll() {}
  }

  @BeforeEach
  void write() {
    checkpoint = TinyCheckpoint.random(3).writeStep(temp, 5);
  }

  private Extraction extraction(Encoding encoding, int... layers) {
    return extraction(encoding, ModelSettings.plain(), layers);
  }

  private Extraction extraction(Encoding encoding, ModelSettings models, int... layers) {
    return new Extraction(
        CheckpointRoots.of(List.of(temp.toString(), checkpoint.toString())),
        corpus,
        new ExtractionSettings(
            Aggregation.LAST,
            encoding,
            new LayerChoice(Arrays.stream(layers).boxed().toList()),
            Long.MAX_VALUE,
            42,
            "test"),
        models,
        false);
  }

  private static CheckpointSaved saved(Path source) {
    return CheckpointSaved.newBuilder()
        .setRun("run")
        .setStep(5)
        .setUri(source.toString())
        .setAnnouncedAt(Instant.EPOCH)
        .build();
  }

  private Rows rows(Path source, Encoding encoding, int... layers) {
    Rows rows = new Rows();
    extraction(encoding, layers)
        .run(saved(source), rows, ExtractionProgress.NONE, () -> false, id -> {});
    return rows;
  }

  private Path extract(String name, Encoding encoding, int... layers) {
    Path output = temp.resolve(name);
    FileExtraction.run(
        extraction(encoding, layers), corpus, checkpoint, output, ExtractionProgress.NONE);
    return output;
  }

  @ParameterizedTest
  @CsvSource({
    "a.hdf5, FLOAT32",
    "a.json, FLOAT32",
    "a.hdf5, FLOAT16",
    "a.json, FLOAT16",
  })
  void shouldGiveTheSameBytesAsTheModel(String name, Encoding encoding) throws IOException {
    Rows model = rows(checkpoint, encoding);

    Rows stored = rows(extract(name, encoding), encoding);

    assertThat(stored.rows).isEqualTo(model.rows).hasSize(2 * SENTENCES);
    assertThat(stored.started.getRows()).isEqualTo(model.started.getRows());
    assertThat(stored.started.getDroppedWords()).isEqualTo(SENTENCES);
    assertThat(stored.started.getLayers()).isEqualTo(TinyCheckpoint.BLOCKS + 1);
    assertThat(stored.started.getHiddenSize()).isEqualTo(TinyCheckpoint.HIDDEN);
    assertThat(stored.started.getProvenance().getModelType()).isEqualTo("neurox");
    assertThat(stored.started.getProvenance().getCheckpointId()).hasSize(64);
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.hdf5", "a.json"})
  void shouldGiveTheSameBytesAsARealModelOverARealCorpus(String name) throws IOException {
    checkpoint = SharedInput.path("runs/bert-genre/checkpoint-0").toRealPath();
    Path treebank = SharedInput.path("data/ud-english-ewt/en_ewt-ud-dev.conllu");
    List<String> lines = Files.readAllLines(treebank).subList(0, 2_000);
    Path slice = Files.write(temp.resolve("slice.conllu"), lines);
    corpus =
        new TokenizedCorpus(
            CorpusReader.readWords(slice),
            new TokenizationSettings(2_048, 42, LongSentences.WINDOW, false));
    Rows model = rows(checkpoint, Encoding.FLOAT32);

    Rows stored = rows(extract(name, Encoding.FLOAT32), Encoding.FLOAT32);

    assertThat(stored.rows).isEqualTo(model.rows).hasSize(model.started.getRows());
    assertThat(stored.started.getCorpus()).isEqualTo(model.started.getCorpus());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.hdf5", "a.json"})
  void shouldKeepOnlyChosenLayersAndSayWhichTheyAre(String name) {
    Rows model = rows(checkpoint, Encoding.FLOAT32);
    Path file = extract(name, Encoding.FLOAT32, 0, 2);

    Rows stored = rows(file, Encoding.FLOAT32, 0, 2);

    int layer = TinyCheckpoint.HIDDEN * ActivationCodec.size(Encoding.FLOAT32);
    assertThat(stored.started.getLayers()).isEqualTo(2);
    assertThat(stored.started.getLayerNumbers()).containsExactly(0, 2);
    model.rows.forEach(
        (row, bytes) -> {
          assertThat(stored.rows.get(row).slice(0, layer)).isEqualTo(bytes.slice(0, layer));
          assertThat(stored.rows.get(row).slice(layer, layer))
              .isEqualTo(bytes.slice(2 * layer, layer));
        });
    assertThatThrownBy(() -> rows(file, Encoding.FLOAT32, 0, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("[0, 2]");
    assertThatThrownBy(() -> rows(file, Encoding.FLOAT32, 0, 1, 2))
        .hasMessageContaining("holds 2 layers");
  }

  @Test
  void shouldForetellBytesAndTimeAndSendEveryRowOnceAllTheSame() {
    // when: so many batches that the first two are computed before the opening record
    Rows rows = rows(checkpoint, Encoding.FLOAT16, 0, 2);

    // then
    assertThat(rows.started.getEstimatedSeconds()).isPositive();
    assertThat(rows.started.getEstimatedBytes())
        .isEqualTo(rows.started.getRows() * 2L * TinyCheckpoint.HIDDEN * 2);
    assertThat(rows.rows).hasSize(2 * SENTENCES);
  }

  @Test
  void shouldLeaveNoFileBehindWhenItFails() {
    assertThatThrownBy(() -> extract("a.hdf5", Encoding.FLOAT32, 7))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("layer 7", "0 to 2");
    assertThat(temp.resolve("a.hdf5")).doesNotExist();
    assertThat(temp.resolve("a.hdf5.part")).doesNotExist();
  }

  @Test
  void shouldTakeActivationsInTheFolderOfAStep() throws IOException {
    Path file = extract("a.hdf5", Encoding.FLOAT32);
    Path step = Files.createDirectory(temp.resolve("checkpoint-9"));
    Files.move(file, step.resolve("activations.hdf5"));

    assertThat(rows(step, Encoding.FLOAT32).rows)
        .isEqualTo(rows(checkpoint, Encoding.FLOAT32).rows);
  }

  @Test
  void shouldTakeActivationsBesideAModelAndNotRunIt() throws IOException {
    // given: activations of one model in the folder of another
    Path other = TinyCheckpoint.random(4).writeStep(temp, 9);
    Path file = extract("a.hdf5", Encoding.FLOAT32);
    Files.move(file, other.resolve("activations.hdf5"));

    Rows rows = rows(other, Encoding.FLOAT32);

    assertThat(rows.rows).isEqualTo(rows(checkpoint, Encoding.FLOAT32).rows);
    assertThat(rows.started.getProvenance().getModelType()).isEqualTo("neurox");
  }

  @Test
  void shouldRunTheModelBesideActivationsWithRandomWeights() throws IOException {
    // given
    Path file = extract("a.hdf5", Encoding.FLOAT32);
    Files.move(file, checkpoint.resolve("activations.hdf5"));
    ModelSettings random =
        new ModelSettings(
            Dtype.FLOAT32, Optional.empty(), ModelSettings.Untrained.ALL, 7, 0, Path.of("."));
    // when
    Rows rows = new Rows();
    try (Extraction extraction = extraction(Encoding.FLOAT32, random)) {
      extraction.run(saved(checkpoint), rows, ExtractionProgress.NONE, () -> false, id -> {});
    }
    // then
    assertThat(rows.started.getProvenance().getModelType()).isEqualTo("bert");
    assertThat(rows.started.getProvenance().getWeights()).containsEntry("randomSeed", "7");
  }

  @Test
  void shouldFollowNoLinkOutOfTheFolder() throws IOException {
    Path file = extract("a.hdf5", Encoding.FLOAT32);
    Path step = Files.createDirectory(temp.resolve("checkpoint-9"));
    Files.createSymbolicLink(step.resolve("activations.hdf5"), file);

    assertThatThrownBy(() -> rows(step, Encoding.FLOAT32))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("symbolic link");
  }
}
