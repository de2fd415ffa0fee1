package io.salient.extractor.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Activations that NeuroX extracted, or whoever trains, in the place of a checkpoint:
 *
 * <pre>
 * checkpoint-500/activations.hdf5    or .json, alone or beside a model, which is not read then
 * checkpoint-500.hdf5                or .json, beside the other steps
 * any-name.hdf5                      or .json, for one step alone
 * </pre>
 *
 * <p>A file that is still being written is called {@code activations.hdf5.part} by {@code extract}
 * and by SalientActivations of {@code clients/python}.
 */
public final class StoredActivations {
  private static final List<String> EXTENSIONS = List.of(".hdf5", ".json");
  private static final String NAME = "activations";
  private static final String PART = ".part";
  private static final int SUPERBLOCK = 64;

  private StoredActivations() {}

  /**
   * The file of activations that a file or folder stands for; empty for a model.
   *
   * @param source what {@link CheckpointRoots#resolve} allowed
   * @throws CheckpointException when the file is a symbolic link
   */
  public static Optional<Path> in(Path source) {
    if (!Files.isDirectory(source)) {
      return named(source) ? Optional.of(source) : Optional.empty();
    }
    for (String extension : EXTENSIONS) {
      Path file = source.resolve(NAME + extension);
      if (Files.isSymbolicLink(file)) {
        throw new CheckpointException(
            "neurox.link",
            file + " is a symbolic link, which is not followed: put the file itself there");
      }
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /**
   * The same where they stand beside a model, which could be read in their place.
   *
   * @throws CheckpointException when the file is a symbolic link
   */
  public static Optional<Path> besideModel(Path folder) {
    return isModel(folder) ? in(folder) : Optional.empty();
  }

  /** True for the folder of a model, or of an adapter to one. */
  public static boolean isModel(Path folder) {
    return Files.exists(folder.resolve("config.json"), LinkOption.NOFOLLOW_LINKS)
        || AdapterConfig.isIn(folder);
  }

  /** The file that somebody is writing in a folder; empty when nobody is. */
  public static Optional<Path> beingWritten(Path folder) {
    return EXTENSIONS.stream()
        .map(extension -> folder.resolve(NAME + extension + PART))
        .filter(part -> Files.exists(part, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /** True when a file's name ends as those of activations do. */
  public static boolean named(Path file) {
    Path name = file.getFileName();
    return name != null && EXTENSIONS.stream().anyMatch(name.toString()::endsWith);
  }

  /** A file's name without the ending of activations. */
  public static String stem(Path source) {
    Path path = source.getFileName();
    String name = path == null ? "" : path.toString();
    return EXTENSIONS.stream()
        .filter(name::endsWith)
        .findFirst()
        .map(extension -> name.substring(0, name.length() - extension.length()))
        .orElse(name);
  }

  /**
   * What a file lacks that is still being written: an HDF5 file says where it ends when it is
   * closed, and lines end with a line feed.
   */
  public static Optional<String> missing(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size == 0) {
        return Optional.of(file.getFileName() + " is empty");
      }
      if (file.getFileName().toString().endsWith(".json")) {
        ByteBuffer last = read(channel, size - 1, 1);
        return last.hasRemaining() && last.get(0) == '\n'
            ? Optional.empty()
            : Optional.of(file.getFileName() + " does not end with a whole line");
      }
      return end(read(channel, 0, SUPERBLOCK)) == size
          ? Optional.empty()
          : Optional.of(file.getFileName() + " is not closed by its writer");
    } catch (IOException e) {
      return Optional.of(file.getFileName() + " cannot be read: " + e.getMessage());
    }
  }

  private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(read, at);
    return read.flip();
  }

  /** End-of-file address of a superblock with eight-byte offsets; -1 where there is none. */
  private static long end(ByteBuffer superblock) {
    if (superblock.limit() < SUPERBLOCK || superblock.getInt(0) != 0x46444889) {
      return -1;
    }
    return switch (superblock.get(8)) {
      case 0 -> superblock.getLong(40);
      case 1 -> superblock.getLong(44);
      default -> superblock.getLong(28);
    };
  }
}
