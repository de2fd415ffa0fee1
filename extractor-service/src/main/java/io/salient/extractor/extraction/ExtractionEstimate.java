package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.Encoding;
import java.util.Locale;

/**
 * What a checkpoint will come to.
 *
 * @param rows words with a vector
 * @param neurons values of each
 * @param blockBytes of all vectors on the way
 * @param matrixBytes of all vectors as float32 in the probe service
 */
record ExtractionEstimate(long rows, int neurons, long blockBytes, long matrixBytes) {
  static ExtractionEstimate of(long rows, int neurons, Encoding encoding) {
    long values = Math.multiplyExact(rows, (long) neurons);
    return new ExtractionEstimate(
        rows,
        neurons,
        Math.multiplyExact(values, (long) ActivationCodec.size(encoding)),
        Math.multiplyExact(values, 4L));
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
            + " over salient.extractor.max-bytes-per-checkpoint: raise it, take fewer layers"
            + " (salient.extractor.layers or --layers; "
            + fitting
            + " of these "
            + layers
            + " would fit), or a smaller number format (salient.extractor.encoding or --encoding"
            + " float16)");
  }

  /** One line for people. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "%,d words x %,d neurons: %s on the way, a matrix of %s",
        rows,
        neurons,
        bytes(blockBytes),
        bytes(matrixBytes));
  }

  private static String bytes(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
