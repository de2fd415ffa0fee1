package io.salient.standalone;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the broker and the services of one process keep their data. */
final class WorkFolder {
  /** Less than this is full within seconds, and a broker that meets a full disk dies loudly. */
  static final long LEAST_FREE_BYTES = 64L << 20;

  private WorkFolder() {}

  /** One that goes away with the process. */
  static Path fresh() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    requireSpace(parent, Files.getFileStore(parent).getUsableSpace());
    try {
      return LastStop.temporaryFolder("salient-");
    } catch (FileSystemException e) {
      throw new IOException(
          "temporary folder " + parent + " cannot be used (" + e.getReason() + ")" + wayOut(), e);
    }
  }

  /** One that stays. */
  static Path lasting(Path path) throws IOException {
    Path folder = Files.createDirectories(path.toAbsolutePath());
    requireSpace(folder, Files.getFileStore(folder).getUsableSpace());
    return folder;
  }

  /** Refuses a folder that has not enough space. */
  static void requireSpace(Path folder, long freeBytes) {
    if (freeBytes < LEAST_FREE_BYTES) {
      throw new IllegalStateException(
          String.format(
              "no space left on %s: %d MB are free, broker and services need %d MB and the"
                  + " activations of a checkpoint%s",
              folder, freeBytes >> 20, LEAST_FREE_BYTES >> 20, wayOut()));
    }
  }

  static String wayOut() {
    return ": make room, or name another folder by --state-dir DIR or"
        + " SALIENT_JAVA_OPTIONS=-Djava.io.tmpdir=DIR";
  }
}
