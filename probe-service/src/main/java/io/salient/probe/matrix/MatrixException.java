package io.salient.probe.matrix;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A matrix cannot be written or read: the disk, not the data. The service stops and goes on after a
 * restart.
 */
public final class MatrixException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MatrixException(Path file, IOException cause) {
    super(message(file, cause), cause);
  }

  private static String message(Path file, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    return reason.contains("No space left")
        ? "disk full " + file + ": free space or move salient.probe.state-dir"
        : file + ": " + reason + " (salient.probe.state-dir)";
  }
}
