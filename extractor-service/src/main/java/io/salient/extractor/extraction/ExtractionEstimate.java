package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.Encoding;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.Locale;

/**
 * What a checkpoint will come to.
 *
 * @param rows words with a vector
 * @param neurons values of each
 * @param blockBytes of all vectors on the way
 */
public record ExtractionEstimate(long rows, int neurons, long blockBytes) {
  static ExtractionEstimate of(long rows, int neurons, Encoding encoding) {
    long values = Math.multiplyExact(rows, (long) neurons);
    return new ExtractionEstimate(
        rows, neurons, Math.multiplyExact(values, (long) ActivationCodec.size(encoding)));
  }

  /**
   * Refuses what is too large.
   *
   * @param limit bytes of blocks
   * @param layers that are sent
   */
  void requireAtMost(long limit, int layers) {
    if (blockBytes <= limit) {
      return;
    }
    long fitting = limit / Math.max(1, blockBytes / layers);
    throw new CheckpointException(
        "run.too-large",
        inWords()
            + ", "
            + bytes(blockBytes - limit)
            + " over the limit: raise it (salient.extractor.max-bytes-per-checkpoint or"
            + " --max-bytes), take fewer layers"
            + " (salient.extractor.layers or --layers; "
            + (fitting == 0 ? "not one" : fitting)
            + " of these "
            + layers
            + " would fit), or a smaller number format (salient.extractor.encoding=float16)");
  }

  /** One line for people, of what an extraction said of itself when it started. */
  public static String inWords(ExtractionStarted started) {
    ExtractionEstimate estimate =
        of(started.getRows(), started.getLayers() * started.getHiddenSize(), started.getEncoding());
    double seconds = started.getEstimatedSeconds();
    return estimate.inWords()
        + (seconds == 0 ? "" : String.format(Locale.ROOT, ", about %.1f s", seconds));
  }

  private String inWords() {
    return String.format(
        Locale.ROOT, "%,d words x %,d neurons, %s", rows, neurons, bytes(blockBytes));
  }

  private static String bytes(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
