package io.salient.ranking.export;

import java.io.IOException;

/** Somewhere outside that keeps figures. */
interface FigureSink extends AutoCloseable {
  /** What it is and where, for people. */
  String name();

  /**
   * Keeps figures. The same ones may come again: after a restart, and where they changed.
   *
   * @throws IOException when they could not be kept; they come again later
   */
  void take(Figures figures) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
