package io.salient.extractor.extraction;

import io.salient.schemas.avro.ExtractionStarted;

/** Told how far an extraction is. */
public interface ExtractionProgress {
  /** Nobody listens. */
  ExtractionProgress NONE = (rows, total, blocks) -> {};

  /** Once, before the first batch: what it will come to. */
  default void started(ExtractionStarted started) {}

  /**
   * After each batch.
   *
   * @param rows rows sent so far
   * @param total rows that there will be
   * @param blocks blocks sent so far
   */
  void sent(int rows, int total, int blocks);

  /**
   * Before the first batch.
   *
   * @param layers layers that are not computed again; 0 for none
   */
  default void reusing(int layers) {}
}
