package io.salient.standalone;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * How large the terminal on standard error is, asked of the kernel: {@code ioctl(2, TIOCGWINSZ)}
 * fills in a {@code winsize} of four 16-bit numbers, rows first, then columns.
 */
record TerminalSize(int rows, int columns) {
  /** Of a terminal that does not know it. */
  static final TerminalSize USUAL = new TerminalSize(24, 80);

  private static final int STANDARD_ERROR = 2;

  /** On Linux. */
  private static final long TIOCGWINSZ = 0x5413;

  private static final int WINSIZE_BYTES = 8;

  private static final Optional<MethodHandle> IOCTL = ioctl();

  /** As it is now; empty where standard error is no terminal that can draw a line again. */
  static Optional<TerminalSize> now() {
    if (IOCTL.isEmpty() || "dumb".equals(System.getenv("TERM"))) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE_BYTES);
      int failed = (int) IOCTL.get().invokeExact(STANDARD_ERROR, TIOCGWINSZ, size);
      return failed == 0 ? Optional.of(said(number(size, 0), number(size, 1))) : Optional.empty();
    } catch (Throwable e) { // declared by invokeExact; a native function throws nothing
      throw new IllegalStateException(e);
    }
  }

  private static int number(MemorySegment size, int index) {
    return Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, index));
  }

  /** A terminal that does not know its size says 0. */
  private static TerminalSize said(int rows, int columns) {
    return new TerminalSize(rows == 0 ? USUAL.rows : rows, columns == 0 ? USUAL.columns : columns);
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
