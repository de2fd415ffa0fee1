package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.CorpusInfo;
import io.salient.schemas.avro.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of a run in which the lower layers are frozen. */
class FrozenLayersTest {
  private static final long PLENTY = 1 << 20;

  @TempDir Path temp;
  private Path state;

  /** The corpus of the other tests, with one plan for all, as the real one has for a tokenizer. */
  private record OnePlan(SmallCorpus corpus, List<Plan> plans) implements ExtractionCorpus {
    @Override
    public CorpusInfo info() {
      return corpus.info();
    }

    @Override
    public List<ConceptInfo> concepts() {
      return corpus.concepts();
    }

    @Override
    public String word(int row) {
      return corpus.word(row);
    }

    @Override
    public int sentence(int row) {
      return corpus.sentence(row);
    }

    @Override
    public int code(int concept, int row) {
      return corpus.code(concept, row);
    }

    @Override
    public Plan plan(CheckpointFolder checkpoint, Encoder encoder) {
      if (plans.isEmpty()) {
        plans.add(corpus.plan(checkpoint, encoder));
      }
      return plans.getFirst();
    }
  }

  @BeforeEach
  void writeRun() {
    state = temp.resolve("state");
    for (int step = 1; step <= 4; step++) {
      TinyCheckpoint.random(1)
          .value("bert.encoder.layer.1.output.dense.bias", 0, 0.1f * step)
          .value("classifier.bias", 0, 0.1f * step)
          .writeStep(temp, step);
    }
    TinyCheckpoint.random(2).writeStep(temp, 5);
    TinyCheckpoint.random(1).writeStep(temp, 6);
  }

  /** What each step sent, and how many layers it used again. */
  private record Run(List<List<SpecificRecord>> sent, List<Integer> reused) {}

  private Run run(long bytes, Aggregation aggregation) {
    return run(bytes, aggregation, LayerChoice.ALL);
  }

  private Run run(long bytes, Aggregation aggregation, LayerChoice layers) {
    List<List<SpecificRecord>> sent = new ArrayList<>();
    List<Integer> reused = new ArrayList<>();
    ModelSettings models =
        new ModelSettings(
            Dtype.FLOAT32, Optional.empty(), ModelSettings.Untrained.NONE, 0, bytes, state);
    try (Extraction extraction =
        new Extraction(
            CheckpointRoots.of(List.of(temp.toString())),
            new OnePlan(new SmallCorpus(9), new ArrayList<>()),
            new ExtractionSettings(
                aggregation, Encoding.FLOAT32, layers, Long.MAX_VALUE, 42, "test"),
            models,
            false)) {
      for (int step = 1; step <= 6; step++) {
        List<SpecificRecord> records = new ArrayList<>();
        extraction.run(saved(step), sink(records), progress(reused), () -> false, id -> {});
        sent.add(records);
      }
    }
    return new Run(sent, reused);
  }

  private CheckpointSaved saved(int step) {
    return CheckpointSaved.newBuilder()
        .setRun("run")
        .setStep(step)
        .setUri(temp.resolve("checkpoint-" + step).toString())
        .setAnnouncedAt(Instant.EPOCH)
        .build();
  }

  private static BlockSink sink(List<SpecificRecord> records) {
    return new BlockSink() {
      @Override
      public void send(String run, SpecificRecord activation) {
        records.add(activation);
      }

      @Override
      public void awaitAll() {}
    };
  }

  private static ExtractionProgress progress(List<Integer> reused) {
    return new ExtractionProgress() {
      @Override
      public void sent(int rows, int total, int blocks) {}

      @Override
      public void reusing(int layers) {
        reused.add(layers);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {PLENTY, 700})
  void shouldSendTheSameBytesWithAndWithoutReuse(long bytes) {
    for (Aggregation aggregation : Aggregation.values()) {
      Run whole = run(0, aggregation);
      Run partial = run(bytes, aggregation);
      assertThat(whole.reused()).containsExactly(0, 0, 0, 0, 0, 0);
      // Layers 0 and 1 are those of the step before from step 2 on; step 5 is another model.
      assertThat(partial.reused()).containsExactly(0, 0, 2, 2, 0, 0);
      assertThat(partial.sent()).isEqualTo(whole.sent());
      assertThat(whole.sent().getFirst()).hasAtLeastOneElementOfType(ActivationBlock.class);
    }
  }

  @Test
  void shouldSendTheSameBytesOfChosenLayers() {
    for (List<Integer> chosen : List.of(List.of(0, 2), List.of(2), List.of(0, 1))) {
      LayerChoice layers = new LayerChoice(chosen);
      Run whole = run(0, Aggregation.LAST, layers);
      Run partial = run(PLENTY, Aggregation.LAST, layers);
      assertThat(partial.sent()).isEqualTo(whole.sent());
      boolean above = chosen.contains(2);
      assertThat(partial.reused()).containsExactly(0, 0, above ? 2 : 0, above ? 2 : 0, 0, 0);
    }
  }

  @Test
  void shouldLeaveNoFileBehind() throws IOException {
    run(PLENTY, Aggregation.LAST);
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void shouldGoOnWithoutReuseWhereNothingCanBeKept() throws IOException {
    Files.writeString(state, "a file where the folder should be");
    assertThat(run(PLENTY, Aggregation.LAST).reused()).containsOnly(0);
  }
}
