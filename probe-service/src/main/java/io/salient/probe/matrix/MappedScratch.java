package io.salient.probe.matrix;

import io.salient.lca.ScratchSpace;
import java.io.IOException;
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
  private final Path folder;
  private final Arena arena = Arena.ofShared();

  /** Scratch files go to a folder. */
  public MappedScratch(Path folder) {
    this.folder = folder;
  }

  @Override
  public MemorySegment allocate(long bytes) {
    Path file = newFile();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      ClaimedFile.claim(file, channel, bytes);
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
    } catch (IOException e) {
      throw new MatrixException(file, e);
    }
  }

  private Path newFile() {
    try {
      return Files.createTempFile(Files.createDirectories(folder), "scratch-", ".tmp");
    } catch (IOException e) {
      throw new MatrixException(folder.resolve("scratch"), e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
