package io.salient.standalone;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Deletes a folder with all that is in it; symbolic links are removed, not followed. What others
 * delete or still write meanwhile is no failure: it is tried again.
 */
public final class FolderDeletion extends SimpleFileVisitor<Path> {
  private static final int TRIES = 5;

  private FolderDeletion() {}

  /** Deletes the folder; does nothing when it is not there. */
  public static void delete(Path folder) throws IOException {
    for (int tries = 1; Files.exists(folder, LinkOption.NOFOLLOW_LINKS); tries++) {
      try {
        Files.walkFileTree(folder, new FolderDeletion());
      } catch (DirectoryNotEmptyException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

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
