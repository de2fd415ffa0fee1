package io.salient.benchmarks;

import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.corpus.CorpusReader;
import io.salient.extractor.extraction.BlockSink;
import io.salient.extractor.extraction.Extraction;
import io.salient.extractor.extraction.ExtractionProgress;
import io.salient.extractor.extraction.ExtractionSettings;
import io.salient.extractor.extraction.LayerChoice;
import io.salient.extractor.tokenization.LongSentences;
import io.salient.extractor.tokenization.TokenizationSettings;
import io.salient.extractor.tokenization.TokenizedCorpus;
import io.salient.lca.ActivationMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ProbeFit;
import io.salient.probe.training.StartedSentences;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.Encoding;
import io.salient.schemas.avro.ExtractionStarted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** A real checkpoint's activations over a real corpus, in memory. */
final class ExtractedWords implements BlockSink, ActivationMatrix {
  private final AnnotatedCorpus corpus;
  private final BitSet rows = new BitSet();
  private LayerMap layers;
  private SentenceGroups sentences;
  private float[][] values;

  private ExtractedWords(AnnotatedCorpus corpus) {
    this.corpus = corpus;
  }

  static ExtractedWords of(Path checkpoint, Path corpusFile, List<String> concepts) {
    AnnotatedCorpus corpus = CorpusReader.read(corpusFile, Map.of(), concepts);
    ExtractedWords words = new ExtractedWords(corpus);
    Path folder = checkpoint.toAbsolutePath().normalize();
    new Extraction(
            CheckpointRoots.of(List.of(folder.toString())),
            new TokenizedCorpus(
                corpus, new TokenizationSettings(2_048, 42, LongSentences.WINDOW, false)),
            new ExtractionSettings(
                Aggregation.LAST,
                Encoding.FLOAT32,
                LayerChoice.ALL,
                Long.MAX_VALUE,
                42,
                "benchmark"))
        .run(
            CheckpointSaved.newBuilder()
                .setRun("benchmark")
                .setStep(0)
                .setUri(folder.toString())
                .setAnnouncedAt(Instant.EPOCH)
                .build(),
            words,
            ExtractionProgress.NONE,
            () -> false,
            id -> {});
    return words;
  }

  /** The same words with other activations; those of these stay as they are. */
  ExtractedWords changed(RowChange change) {
    ExtractedWords changed = new ExtractedWords(corpus);
    changed.layers = layers;
    changed.sentences = sentences;
    changed.values = new float[values.length][];
    changed.rows.or(rows);
    rows.stream().parallel().forEach(row -> changed.values[row] = change.of(row, values[row]));
    return changed;
  }

  /** What becomes of a word's activations. */
  @FunctionalInterface
  interface RowChange {
    /** A new row; the given one is not to be changed. */
    float[] of(int word, float[] row);
  }

  LayerMap layers() {
    return layers;
  }

  /** Activations of a word; not to be changed. */
  float[] row(int word) {
    return values[word];
  }

  EvaluationData data() {
    return new EvaluationData(
        this,
        rows.stream().toArray(),
        Split.byGroup(sentences),
        layers,
        sentences,
        corpus.words()::get);
  }

  List<ConceptLabels> concepts() {
    return corpus.concepts().stream()
        .map(concept -> new ConceptLabels(concept.name(), concept.labels(), concept.codes()))
        .toList();
  }

  /** Fits concepts jointly, control tasks along with them. */
  List<FitResult> fit(
      List<ConceptLabels> concepts,
      List<ConceptLabels> controls,
      Map<String, Probe> warm,
      FitSettings settings) {
    EvaluationData data = data();
    try (Arena arena = Arena.ofShared()) {
      return ProbeFit.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          concepts,
          controls,
          warm,
          settings,
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE);
    }
  }

  @Override
  public void send(String run, SpecificRecord activation) {
    switch (activation) {
      case ExtractionStarted started -> {
        layers = new LayerMap(started.getLayers(), started.getHiddenSize());
        sentences = StartedSentences.of(started);
        values = new float[corpus.words().size()][];
      }
      case ActivationBlock block -> take(block);
      default -> throw new IllegalStateException(activation.toString());
    }
  }

  private void take(ActivationBlock block) {
    int width = layers.width();
    float[] all = new float[block.getRows().size() * width];
    ActivationCodec.decode(block.getActivations(), block.getEncoding(), MemorySegment.ofArray(all));
    for (int i = 0; i < block.getRows().size(); i++) {
      int row = block.getRows().get(i);
      values[row] = java.util.Arrays.copyOfRange(all, i * width, (i + 1) * width);
      rows.set(row);
    }
  }

  @Override
  public void awaitAll() {}

  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public int width() {
    return layers.width();
  }

  @Override
  public void read(int row, MemorySegment target) {
    MemorySegment.copy(values[row], 0, target, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, width());
  }

  @Override
  public void read(int row, int[] neurons, MemorySegment target) {
    for (int i = 0; i < neurons.length; i++) {
      target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, values[row][neurons[i]]);
    }
  }
}
