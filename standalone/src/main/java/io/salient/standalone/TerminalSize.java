package io.salient.standalone;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How wide the terminal on standard error is now, asked of the kernel: {@code ioctl(2, TIOCGWINSZ)}
 * fills in a {@code winsize} of four 16-bit numbers, rows first, then columns.
 */
final class TerminalSize {
  private static final int STANDARD_ERROR = 2;

  /** On Linux. */
  private static final long TIOCGWINSZ = 0x5413;

  private static final int WINSIZE_BYTES = 8;

  private static final Optional<MethodHandle> IOCTL = ioctl();

  private TerminalSize() {}

  /** Columns; empty where standard error is no terminal that can draw a line again. */
  static OptionalInt columns() {
    if (IOCTL.isEmpty() || "dumb".equals(System.getenv("TERM"))) {
      return OptionalInt.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE_BYTES);
      int failed = (int) IOCTL.get().invokeExact(STANDARD_ERROR, TIOCGWINSZ, size);
      int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
      return failed == 0 ? OptionalInt.of(columns) : OptionalInt.empty();
    } catch (Throwable e) { // declared by invokeExact; a native function throws nothing
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted") // native access is enabled by the launcher
  private static Optional<MethodHandle> ioctl() {
    return Linker.nativeLinker()
        .defaultLookup()
        .find("ioctl")
        .map(
            address ->
                Linker.nativeLinker()
                    .downcallHandle(
                        address,
                        FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(2)));
  }
}
