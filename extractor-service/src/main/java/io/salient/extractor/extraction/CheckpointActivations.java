package io.salient.extractor.extraction;

import java.util.function.BooleanSupplier;

/** The activations of a checkpoint, ready to be sent. Used by one thread. */
interface CheckpointActivations extends AutoCloseable {
  /** What they are. */
  ActivationFacts facts();

  /**
   * Begins, once it is known that they are wanted.
   *
   * @return seconds that sending them will take; 0 where nothing can be told
   */
  double prepare();

  /** Layers that are not computed again; known once prepared. */
  int reusedLayers();

  /**
   * Sends all rows.
   *
   * @param stop asked before every batch
   * @throws java.util.concurrent.CancellationException when it was stopped
   */
  void send(
      String run,
      BlockCutter cutter,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop);

  @Override
  void close();
}
