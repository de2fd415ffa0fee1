package io.salient.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

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
    if (!temporary || !Files.exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
