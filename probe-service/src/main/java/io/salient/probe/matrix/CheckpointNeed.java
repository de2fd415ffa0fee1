package io.salient.probe.matrix;

import io.salient.streams.failure.DiskSpace;
import java.nio.file.Path;

/**
 * What a checkpoint takes on disk: known, told and checked before its first row is written.
 *
 * @param folder of the matrices
 * @param matrix bytes of its matrix
 * @param scratch bytes that fits take, gone with them: a float32 copy of all train words, or of
 *     both halves of them, which need not be of a size, about .8 times all words, and of the train
 *     words 16 bytes for each class that is fitted at once
 */
public record CheckpointNeed(Path folder, long matrix, long scratch) {
  /**
   * Of a checkpoint.
   *
   * @param rows words that will come
   * @param classes that are fitted at once, at most
   */
  public static CheckpointNeed of(Path folder, MatrixFile.Shape shape, int rows, int classes) {
    double eachRow = 3.3 * shape.width() + 13.0 * classes; // a share of .7 to .75 are train words
    return new CheckpointNeed(folder, shape.bytes(rows), (long) (eachRow * rows));
  }

  /** Bytes of all. */
  public long bytes() {
    return matrix + scratch;
  }

  /** For people, such as: needs 3.1 GB in /data/probe, 12.0 GB free. */
  public String text() {
    return DiskSpace.need(bytes(), folder, DiskSpace.free(folder));
  }

  /**
   * Looks whether there is room.
   *
   * @throws MatrixException when there is not
   */
  public void requireRoom() {
    if (bytes() > DiskSpace.free(folder)) {
      throw new MatrixException(
          "a checkpoint "
              + text()
              + ": free space there, move it (salient.probe.state-dir), or halve the matrix"
              + " (salient.probe.matrix-encoding=float16), and start again; nothing is lost");
    }
  }
}
