package io.salient.standalone;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows how far a job is: one line that is drawn again and again on a terminal, plain lines
 * elsewhere (one for each change of text and for every tenth of the way, so that a log stays
 * readable). Thread-safe.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean terminal;
  private String text = "";
  private int tenth = -1;
  private int drawn;

  /** Draws on standard error, so that results on standard output can be piped. */
  @SuppressWarnings(
      "SystemConsoleNull") // JDK 22 to 24 gave one that was no terminal, 25 gives none
  public static Progress onStandardError() {
    Console console = System.console();
    return new Progress(System.err, console != null && console.isTerminal());
  }

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Shows a state.
   *
   * @param label what is going on
   * @param done share that is done, 0 to 1; NaN when it is not known
   */
  public synchronized void show(String label, double done) {
    if (terminal) {
      redraw(line(label, done));
    } else if (Double.isNaN(done) ? !label.equals(text) : tenthOf(done) != tenth) {
      out.println(line(label, done));
    }
    text = label;
    tenth = tenthOf(done);
  }

  /** Prints a line that stays. */
  public synchronized void say(String line) {
    if (terminal) {
      redraw("");
      out.print('\r');
    }
    out.println(line);
    drawn = 0;
  }

  private void redraw(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }

  private String line(String label, double done) {
    if (Double.isNaN(done)) {
      return label;
    }
    double share = Math.clamp(done, 0, 1);
    String percent = String.format(Locale.ROOT, "%3.0f %%", 100 * share);
    if (!terminal) {
      return label + " " + percent.strip();
    }
    int full = (int) Math.round(share * WIDTH);
    return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + percent + "  " + label;
  }

  private static int tenthOf(double done) {
    return Double.isNaN(done) ? -1 : (int) (10 * Math.clamp(done, 0, 1));
  }

  /** Leaves the terminal on a fresh line. */
  @Override
  public synchronized void close() {
    if (terminal && drawn > 0) {
      redraw("");
      out.print('\r');
      out.flush();
    }
  }
}
