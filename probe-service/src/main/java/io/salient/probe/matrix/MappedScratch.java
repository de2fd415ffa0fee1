package io.salient.probe.matrix;

import io.salient.lca.ScratchSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Scratch space in files that are gone when it is closed, or when the process dies: pages that the
 * system may write out.
 */
public final class MappedScratch implements ScratchSpace, AutoCloseable {
  private static final byte[] ZEROS = new byte[1 << 20];

  private final Path folder;
  private final Arena arena = Arena.ofShared();

  /** Scratch files go to a folder. */
  public MappedScratch(Path folder) {
    this.folder = folder;
  }

  @Override
  public MemorySegment allocate(long bytes) {
    try {
      Path file = Files.createTempFile(Files.createDirectories(folder), "scratch-", ".tmp");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        fill(channel, bytes);
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      } catch (IOException e) {
        throw new MatrixException(file, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Claims the space now: a full disk is an error here, and the end of the process in a mapping.
   */
  private static void fill(FileChannel channel, long bytes) throws IOException {
    for (long written = 0; written < bytes; ) {
      int part = (int) Math.min(ZEROS.length, bytes - written);
      written += channel.write(java.nio.ByteBuffer.wrap(ZEROS, 0, part), written);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
