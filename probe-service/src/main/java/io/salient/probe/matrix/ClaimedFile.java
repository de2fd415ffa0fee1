package io.salient.probe.matrix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Claims the bytes of a file before it is mapped: a full disk is an error here, and the end of the
 * process in a mapping.
 *
 * <p>Where the C library has {@code posix_fallocate} (Linux), that: the file system sets blocks
 * aside, and nothing is written. Elsewhere zeros, which cost as much as filling the file once more.
 */
final class ClaimedFile {
  private static final int READ_WRITE = 2;
  private static final int NO_SPACE = 28;
  private static final int ZEROS = 256 << 10;

  private static final Optional<LibC> LIB_C = LibC.find();

  private ClaimedFile() {}

  /**
   * Claims bytes from the start on.
   *
   * @param channel to the file, for writing
   * @throws IOException when there is no room: No space left on device
   */
  static void claim(Path file, FileChannel channel, long bytes) throws IOException {
    if (bytes > 0 && (LIB_C.isEmpty() || !LIB_C.get().allocate(file, bytes))) {
      fill(channel, bytes);
    }
  }

  static void fill(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    for (long written = 0; written < bytes; ) {
      zeros.clear().limit((int) Math.min(ZEROS, bytes - written));
      written += channel.write(zeros, written);
    }
  }

  /** Three functions of the C library. */
  private record LibC(MethodHandle open, MethodHandle allocate, MethodHandle close) {
    @SuppressWarnings("restricted") // native access is enabled for all that Salient runs
    static Optional<LibC> find() {
      Linker linker = Linker.nativeLinker();
      SymbolLookup names = linker.defaultLookup();
      if (names.find("posix_fallocate").isEmpty() || ValueLayout.ADDRESS.byteSize() != 8) {
        return Optional.empty();
      }
      return Optional.of(
          new LibC(
              linker.downcallHandle(
                  names.findOrThrow("open"),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)),
              linker.downcallHandle(
                  names.findOrThrow("posix_fallocate"),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_LONG)),
              linker.downcallHandle(
                  names.findOrThrow("close"),
                  FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))));
    }

    /** False when the file system does not do that. */
    boolean allocate(Path file, long bytes) throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment name = arena.allocateFrom(file.toAbsolutePath().toString());
        int descriptor = (int) open.invokeExact(name, READ_WRITE);
        if (descriptor < 0) {
          return false;
        }
        int error;
        try {
          error = (int) allocate.invokeExact(descriptor, 0L, bytes);
        } finally {
          int _ = (int) close.invokeExact(descriptor);
        }
        if (error == NO_SPACE) {
          throw new IOException("No space left on device");
        }
        return error == 0;
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) { // invokeExact declares it
        throw new IllegalStateException(e);
      }
    }
  }
}
