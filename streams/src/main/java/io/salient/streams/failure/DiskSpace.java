package io.salient.streams.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What people are told about the room on a disk. */
public final class DiskSpace {
  private static final String NO_SPACE = "No space left on device";
  private static final String FULL = "disk full ";

  private DiskSpace() {}

  /** Bytes that this process may still write to the disk of a folder, which need not be there. */
  public static long free(Path folder) {
    Path there = folder.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as 540 MB or 3.1 GB. */
  public static String text(long bytes) {
    if (bytes < 10_000_000) {
      return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /** Such as: needs 3.1 GB in /data/probe, 12.0 GB free. */
  public static String need(long bytes, Path folder, long free) {
    return "needs " + text(bytes) + " in " + folder + ", " + text(free) + " free";
  }

  /** True when a disk was full, whoever met it: the JDK, RocksDB or Kafka. */
  public static boolean isFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(NO_SPACE)) {
        return true;
      }
    }
    return false;
  }

  /** True for a sentence that {@link #full} made. */
  public static boolean tells(String message) {
    return message.contains(FULL);
  }

  /**
   * One line about a full disk.
   *
   * @param folder that was written to
   * @param setting that moves it
   */
  public static String full(Path folder, String setting) {
    return FULL
        + folder
        + ": free space there, or move it ("
        + setting
        + "), and start again; nothing is lost, it goes on from what was committed";
  }
}
