package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.neurox.ActivationFile;
import io.salient.extractor.neurox.CorpusSentences;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.CorpusInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A file of activations that NeuroX, or the Python client beside a training, stored: {@code
 * modelType} is neurox and the checkpoint id the SHA-256 of the file.
 */
final class FileSource implements ActivationSource {
  private final Path file;
  private final String checkpointId;
  private final ExtractionCorpus corpus;
  private final ExtractionSettings settings;
  private final boolean allowCut;

  /**
   * A file for the words of a corpus.
   *
   * @throws CheckpointException when it cannot be read
   */
  FileSource(Path file, ExtractionCorpus corpus, ExtractionSettings settings, boolean allowCut) {
    this.file = file;
    this.checkpointId = sha256(file);
    this.corpus = corpus;
    this.settings = settings;
    this.allowCut = allowCut;
  }

  @Override
  public String checkpointId() {
    return checkpointId;
  }

  private static String sha256(Path file) {
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

  @Override
  public CheckpointActivations read(BooleanSupplier stop) {
    CorpusInfo info = corpus.info();
    int[] starts = info.getSentenceStarts().stream().mapToInt(Integer::intValue).toArray();
    CorpusSentences sentences =
        new CorpusSentences(info.getName(), words(starts, info.getWords()), allowCut);
    ActivationFile activations = ActivationFile.open(file, sentences);
    try {
      return FileActivations.readThrough(
          file, checkpointId, activations, starts, corpus, settings, stop);
    } catch (RuntimeException | Error e) {
      activations.close();
      throw e;
    }
  }

  private static int[] words(int[] starts, int words) {
    return IntStream.range(0, starts.length)
        .map(i -> (i + 1 < starts.length ? starts[i + 1] : words) - starts[i])
        .toArray();
  }

  /** Nothing is open until it is read. */
  @Override
  public void close() {}
}
