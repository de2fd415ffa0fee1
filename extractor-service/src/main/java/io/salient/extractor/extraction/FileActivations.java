package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.neurox.ActivationFile;
import io.salient.extractor.tokenization.ExtractionCorpus;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Activations out of a file. It is read through before the first record is sent, so that one that
 * is broken gives no half a checkpoint; then its sentences are taken in the seeded random order
 * that makes the first tenth of a checkpoint a fair sample. A vector of zeros stands for a word
 * without a subword, as NeuroX writes it: that word gets no row, and is counted.
 */
final class FileActivations implements CheckpointActivations {
  private static final String MODEL_TYPE = "neurox";

  private final ActivationFile activations;
  private final int[] starts;
  private final long seed;
  private final ActivationFacts facts;

  private FileActivations(
      ActivationFile activations, int[] starts, long seed, ActivationFacts facts) {
    this.activations = activations;
    this.starts = starts;
    this.seed = seed;
    this.facts = facts;
  }

  /** Rows of a sentence that have a vector. */
  private record Rows(int[] words, float[] vectors) {}

  /**
   * Takes over an open file, unless it fails.
   *
   * @param starts first word of each sentence of the corpus
   * @throws CheckpointException when the file cannot be used
   * @throws CancellationException when it was stopped
   */
  static FileActivations readThrough(
      Path file,
      String checkpointId,
      ActivationFile activations,
      int[] starts,
      ExtractionCorpus corpus,
      ExtractionSettings settings,
      BooleanSupplier stop) {
    List<Integer> layers = StoredLayers.of(file, activations, settings.layers().asked());
    int rows = 0;
    int inFile = 0;
    for (int sentence = 0; sentence < starts.length; sentence++) {
      requireGoingOn(stop);
      rows += rows(activations, sentence, starts).words().length;
      inFile += activations.words(sentence);
    }
    if (rows == 0) {
      throw new CheckpointException(
          "neurox.no-rows", file + " holds nothing but zeros: extract it again");
    }
    return new FileActivations(
        activations,
        starts,
        settings.seed(),
        new ActivationFacts(
            checkpointId,
            corpus,
            activations.layers(),
            layers,
            activations.hiddenSize(),
            rows,
            corpus.info().getWords() - inFile,
            inFile - rows,
            new ActivationFacts.Origin(MODEL_TYPE, "", Map.of())));
  }

  @Override
  public ActivationFacts facts() {
    return facts;
  }

  @Override
  public double prepare() {
    return 0;
  }

  @Override
  public int reusedLayers() {
    return 0;
  }

  @Override
  public void send(
      String run,
      BlockCutter cutter,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, starts.length).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int sent = 0;
    int blocks = 0;
    for (int sentence : order) {
      requireGoingOn(stop);
      Rows rows = rows(activations, sentence, starts);
      MemorySegment vectors =
          MemorySegment.ofArray(rows.vectors())
              .asSlice(0, 4L * facts.neurons() * rows.words().length);
      blocks += cutter.cut(rows.words(), vectors, block -> sink.send(run, block));
      sent += rows.words().length;
      progress.sent(sent, facts.rows(), blocks);
    }
  }

  private static Rows rows(ActivationFile activations, int sentence, int[] starts) {
    float[] vectors = activations.read(sentence);
    int width = activations.layers() * activations.hiddenSize();
    int[] rows = new int[activations.words(sentence)];
    int count = 0;
    for (int word = 0; word < rows.length; word++) {
      if (!isZero(vectors, word * width, width)) {
        System.arraycopy(vectors, word * width, vectors, count * width, width);
        rows[count++] = starts[sentence] + word;
      }
    }
    return new Rows(Arrays.copyOf(rows, count), vectors);
  }

  private static boolean isZero(float[] vectors, int start, int width) {
    for (int i = start; i < start + width; i++) {
      if (vectors[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static void requireGoingOn(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new CancellationException("the extraction was stopped");
    }
  }

  @Override
  public void close() {
    activations.close();
  }
}
