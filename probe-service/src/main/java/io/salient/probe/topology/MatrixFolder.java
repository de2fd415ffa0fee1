package io.salient.probe.topology;

import io.salient.probe.matrix.BlockRows;
import io.salient.probe.matrix.CheckpointNeed;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.matrix.MatrixFile;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.streams.failure.DiskSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The matrix files of one partition: which are from this life of the process, and which finished
 * ones are kept.
 */
final class MatrixFolder {
  private final Path folder;
  private final long keepBytes;
  private final Set<String> madeHere = new HashSet<>();
  private final Deque<String> finished = new ArrayDeque<>();

  MatrixFolder(Path folder, long keepBytes) {
    this.folder = folder;
    this.keepBytes = keepBytes;
  }

  /** The file of a checkpoint; names of runs may hold what a file's name must not. */
  Path file(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + ".matrix");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Notes that all rows of a checkpoint were written by this process. */
  void made(String key) {
    madeHere.add(key);
  }

  /** True when the file needs no second look. */
  boolean checked(String key) {
    return madeHere.contains(key);
  }

  /** True when the file of a checkpoint is there. */
  boolean has(String key) {
    return Files.exists(file(key));
  }

  /**
   * Notes that no tier of a checkpoint is to be done any more; the oldest finished ones go when
   * they take too much room.
   */
  void finished(String key) {
    finished.remove(key);
    finished.addLast(key);
    while (bytes() > keepBytes && !finished.isEmpty()) {
      forget(finished.removeFirst());
    }
  }

  /**
   * Makes room for a checkpoint: finished ones go, the oldest first.
   *
   * @throws io.salient.probe.matrix.MatrixException when that is not enough
   */
  void makeRoom(CheckpointNeed need) {
    while (DiskSpace.free(folder) < need.bytes() && !finished.isEmpty()) {
      forget(finished.removeFirst());
    }
    need.requireRoom();
  }

  /**
   * What a checkpoint takes here.
   *
   * @param classes that are fitted at once, at most
   */
  CheckpointNeed need(String key, ExtractionStarted started, MatrixEncoding encoding, int classes) {
    return CheckpointNeed.of(
        folder, BlockRows.shape(key, started, encoding), started.getRows(), classes);
  }

  /**
   * Looks at the files that are there.
   *
   * @throws io.salient.streams.state.StateFormatException when a newer program made one of them
   */
  void check() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.matrix")) {
      all.forEach(MatrixFile::check);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes that a checkpoint needs its matrix after all. */
  void needed(String key) {
    finished.remove(key);
  }

  /** Deletes what no checkpoint needs: an aborted transaction may have made it. */
  void sweep(Set<String> needed) {
    Set<Path> files = needed.stream().map(this::file).collect(Collectors.toSet());
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.matrix")) {
      for (Path file : all) {
        if (!files.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long bytes() {
    return finished.stream()
        .map(this::file)
        .filter(Files::exists)
        .mapToLong(MatrixFolder::size)
        .sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the file of a checkpoint. */
  void forget(String key) {
    madeHere.remove(key);
    finished.remove(key);
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
