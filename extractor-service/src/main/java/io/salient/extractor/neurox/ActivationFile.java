package io.salient.extractor.neurox;

import io.salient.extractor.checkpoint.CheckpointException;
import java.nio.file.Path;

/**
 * A file of activations that fits a corpus: headers and sizes are checked against the corpus and
 * the length of the file before anything is allocated. Not thread-safe.
 */
public sealed interface ActivationFile extends AutoCloseable permits Hdf5File, JsonLinesFile {
  /** Most neurons of a row: one in 16 bits has to fit into a record of 900 KB. */
  int MAX_WIDTH = 450_000;

  /**
   * Opens a file.
   *
   * @throws CheckpointException when it is none, is broken, or is of another corpus
   */
  static ActivationFile open(Path file, CorpusSentences corpus) {
    return file.getFileName().toString().endsWith(".json")
        ? JsonLinesFile.open(file, corpus)
        : Hdf5File.open(file, corpus);
  }

  /** Number of stored layers. */
  int layers();

  /** Units per layer H. */
  int hiddenSize();

  /** The layers that the file itself says are stored; null when it says nothing, as NeuroX's. */
  int[] namedLayers();

  /** Vectors of a sentence: its first words have one. */
  int words(int sentence);

  /**
   * Reads the vectors of a sentence.
   *
   * @return words x (layers x H), layer-major
   * @throws CheckpointException when the file does not hold them, or one is not finite
   */
  float[] read(int sentence);

  @Override
  void close();

  /** Refuses what is not a finite number. */
  static void requireFinite(Path file, int sentence, int word, float value) {
    if (!Float.isFinite(value)) {
      throw new CheckpointException(
          "neurox.not-finite",
          file
              + ", sentence "
              + sentence
              + ", word "
              + word
              + ": holds "
              + value
              + ", which no probe can be fitted to: extract it again");
    }
  }
}
