package io.salient.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the broker and the services of one process keep their data.
 *
 * @param path the folder
 * @param temporary true when it goes away with the process
 */
record WorkFolder(Path path, boolean temporary) {
  static WorkFolder fresh() throws IOException {
    return new WorkFolder(Files.createTempDirectory("salient-"), true);
  }

  static WorkFolder lasting(Path path) throws IOException {
    return new WorkFolder(Files.createDirectories(path.toAbsolutePath()), false);
  }

  /** Deletes a temporary folder; a lasting one stays. */
  void deleteIfTemporary() {
    try {
      if (temporary) {
        FolderDeletion.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
