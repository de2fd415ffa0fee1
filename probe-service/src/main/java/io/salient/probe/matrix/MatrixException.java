package io.salient.probe.matrix;

import io.salient.streams.failure.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A matrix cannot be written or read: the disk, not the data. The service stops and goes on after a
 * restart.
 */
public final class MatrixException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String SETTING = "salient.probe.state-dir";

  MatrixException(Path file, IOException cause) {
    super(message(file, cause), cause);
  }

  MatrixException(String message) {
    super(message);
  }

  private static String message(Path file, IOException cause) {
    return DiskSpace.isFull(cause)
        ? DiskSpace.full(file.getParent(), SETTING)
        : file + ": " + cause.getMessage() + " (" + SETTING + ")";
  }
}
