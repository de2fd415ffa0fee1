package io.salient.probe.matrix;

import io.salient.schemas.DiskSpace;
import java.nio.file.Path;

/**
 * What a checkpoint takes on disk: known, told and checked before its first row is written.
 *
 * @param folder of the matrices
 * @param matrix bytes of its matrix
 * @param scratch bytes of the copies of its words that fits make: float32, those of all train words
 *     and of one half of them, about 1.1 times all words; gone with the fit
 */
public record CheckpointNeed(Path folder, long matrix, long scratch) {
  /**
   * Of a checkpoint.
   *
   * @param rows words that will come
   */
  public static CheckpointNeed of(Path folder, MatrixFile.Shape shape, int rows) {
    return new CheckpointNeed(folder, shape.bytes(rows), (long) (4.4 * shape.width() * rows));
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
