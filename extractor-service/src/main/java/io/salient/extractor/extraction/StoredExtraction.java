package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.neurox.ActivationFile;
import io.salient.extractor.neurox.CorpusSentences;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.CorpusInfo;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The same records as from a model, out of activations that NeuroX stored: {@code modelType} is
 * neurox and the checkpoint id the SHA-256 of the file.
 *
 * <p>The file is read through before the first record is sent, so that one that is broken gives no
 * half a checkpoint; then its sentences are taken in the seeded random order that makes the first
 * tenth of a checkpoint a fair sample. A vector of zeros stands for a word without a subword, as
 * NeuroX writes it: that word gets no row, and is counted.
 */
final class StoredExtraction {
  private static final String MODEL_TYPE = "neurox";

  private final ExtractionCorpus corpus;
  private final ExtractionSettings settings;
  private final boolean allowCut;

  StoredExtraction(ExtractionCorpus corpus, ExtractionSettings settings, boolean allowCut) {
    this.corpus = corpus;
    this.settings = settings;
    this.allowCut = allowCut;
  }

  /** Rows of a sentence that have a vector. */
  private record Rows(int[] words, float[] vectors) {}

  /**
   * What reading through has told.
   *
   * @param rows words with a vector
   * @param cut words without a place in the file
   * @param dropped words whose vector is zero
   */
  private record Counts(int rows, int cut, int dropped) {}

  /**
   * The checkpoint id: SHA-256 of the file.
   *
   * @throws CheckpointException when it cannot be read
   */
  String checkpointId(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream bytes =
          new DigestInputStream(
              Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
              digest)) {
        bytes.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new CheckpointException(
          "neurox.unreadable", file + " cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * Sends all of a file.
   *
   * @throws CheckpointException when it cannot be used
   * @throws CancellationException when it was stopped
   */
  void run(
      CheckpointSaved saved,
      String checkpointId,
      Path file,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop) {
    CorpusInfo info = corpus.info();
    int[] starts = info.getSentenceStarts().stream().mapToInt(Integer::intValue).toArray();
    int[] words = words(starts, info.getWords());
    CorpusSentences sentences = new CorpusSentences(info.getName(), words, allowCut);
    try (ActivationFile activations = ActivationFile.open(file, sentences)) {
      List<Integer> layers = StoredLayers.of(file, activations, settings.layers().asked());
      Counts counts = readThrough(activations, starts, words, stop);
      requireRows(file, counts);
      ExtractionEstimate estimate =
          ExtractionEstimate.of(
              counts.rows(), activations.layers() * activations.hiddenSize(), settings.encoding());
      estimate.requireAtMost(settings.maxBytes(), activations.layers());
      ExtractionStarted started =
          started(saved, checkpointId, activations, counts, layers, estimate);
      progress.started(started);
      sink.send(saved.getRun(), started);
      send(saved, checkpointId, activations, starts, counts.rows(), sink, progress, stop);
    }
  }

  private static int[] words(int[] starts, int words) {
    return IntStream.range(0, starts.length)
        .map(i -> (i + 1 < starts.length ? starts[i + 1] : words) - starts[i])
        .toArray();
  }

  private Counts readThrough(
      ActivationFile activations, int[] starts, int[] words, BooleanSupplier stop) {
    int rows = 0;
    int cut = 0;
    int inFile = 0;
    for (int sentence = 0; sentence < starts.length; sentence++) {
      requireGoingOn(stop);
      rows += rows(activations, sentence, starts).words().length;
      inFile += activations.words(sentence);
      cut += words[sentence] - activations.words(sentence);
    }
    return new Counts(rows, cut, inFile - rows);
  }

  private static void requireRows(Path file, Counts counts) {
    if (counts.rows() == 0) {
      throw new CheckpointException(
          "neurox.no-rows", file + " holds nothing but zeros: extract it again");
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

  private void send(
      CheckpointSaved saved,
      String checkpointId,
      ActivationFile activations,
      int[] starts,
      int total,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop) {
    int width = activations.layers() * activations.hiddenSize();
    BlockCutter cutter =
        new BlockCutter(
            corpus, saved.getRun(), saved.getStep(), checkpointId, width, settings.encoding());
    List<Integer> order = new ArrayList<>(IntStream.range(0, starts.length).boxed().toList());
    Collections.shuffle(order, new Random(settings.seed()));
    int sent = 0;
    int blocks = 0;
    for (int sentence : order) {
      requireGoingOn(stop);
      Rows rows = rows(activations, sentence, starts);
      MemorySegment vectors =
          MemorySegment.ofArray(rows.vectors()).asSlice(0, 4L * width * rows.words().length);
      blocks += cutter.cut(rows.words(), vectors, block -> sink.send(saved.getRun(), block));
      sent += rows.words().length;
      progress.sent(sent, total, blocks);
    }
  }

  private static void requireGoingOn(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new CancellationException("the extraction was stopped");
    }
  }

  private ExtractionStarted started(
      CheckpointSaved saved,
      String checkpointId,
      ActivationFile activations,
      Counts counts,
      List<Integer> layers,
      ExtractionEstimate estimate) {
    return ExtractionStarted.newBuilder()
        .setRun(saved.getRun())
        .setStep(saved.getStep())
        .setCheckpointId(checkpointId)
        .setBaseline(saved.getBaseline())
        .setCorpus(corpus.info())
        .setLayers(activations.layers())
        .setLayerNumbers(layers)
        .setEstimatedBytes(estimate.blockBytes())
        .setHiddenSize(activations.hiddenSize())
        .setConcepts(corpus.concepts())
        .setRows(counts.rows())
        .setTruncatedWords(counts.cut())
        .setDroppedWords(counts.dropped())
        .setEncoding(settings.encoding())
        .setProvenance(provenance(saved, checkpointId))
        .setAnnouncedAt(saved.getAnnouncedAt())
        .build();
  }

  private Provenance provenance(CheckpointSaved saved, String checkpointId) {
    return Provenance.newBuilder()
        .setVersion(settings.version())
        .setCheckpointUri(saved.getUri())
        .setCheckpointId(checkpointId)
        .setModelType(MODEL_TYPE)
        .setCorpus(corpus.info().getName())
        .setCorpusHash(corpus.info().getHash())
        .setAggregation(settings.aggregation())
        .setSeed(settings.seed())
        .build();
  }
}
