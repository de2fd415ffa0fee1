package io.salient.standalone.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output and error as UTF-8, whatever the locale says: labels and words of a corpus are
 * not cut down to ASCII. A print stream swallows errors; here the first one is kept, so that output
 * that was lost on a full disk or in a closed pipe is not taken for success.
 */
final class StandardStreams {
  private final Watched watched;
  private final PrintStream out;

  private StandardStreams(OutputStream to) {
    watched = new Watched(to);
    out = new PrintStream(watched, true, StandardCharsets.UTF_8);
  }

  /** Output that is written to a stream, and watched. */
  static StandardStreams of(OutputStream to) {
    return new StandardStreams(to);
  }

  /** Puts both in place of what System has. */
  static StandardStreams install() {
    StandardStreams output = new StandardStreams(new FileOutputStream(FileDescriptor.out));
    System.setOut(output.out);
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    return output;
  }

  PrintStream out() {
    return out;
  }

  /** Why output was lost; empty when all of it was written. */
  Optional<String> lost() {
    out.flush();
    return Optional.ofNullable(watched.failure).map(IOException::getMessage);
  }

  /** Remembers what failed first. */
  private static final class Watched extends FilterOutputStream {
    private IOException failure;

    Watched(OutputStream to) {
      super(to);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }
  }
}
