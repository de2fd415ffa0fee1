package io.salient.standalone;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Shows how far a job is: one line that is drawn again and again on a terminal and never wraps,
 * plain lines elsewhere (one for each change of text and for every tenth of the way, so that a log
 * stays readable). What is logged meanwhile stands on lines of its own, above the bar. Thread-safe.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 10;

  /** Of " 100 % ", the brackets and the column that is left free. */
  private static final int BESIDE_BAR = 11;

  private static final int USUAL_COLUMNS = 80;

  private final PrintStream out;
  private final boolean terminal;
  private final IntSupplier columns;
  private Optional<LogLines> log = Optional.empty();
  private String text = "";
  private int tenth = -1;
  private String drawn = "";

  /** Draws on standard error, so that results on standard output can be piped. */
  public static Progress onStandardError() {
    boolean terminal = TerminalSize.columns().isPresent();
    Progress progress =
        new Progress(System.err, terminal, () -> columns(TerminalSize.columns().orElse(0)));
    if (terminal) {
      progress.log = Optional.of(LogLines.above(progress));
    }
    return progress;
  }

  /** A terminal that does not know its width says 0. */
  private static int columns(int said) {
    return said == 0 ? USUAL_COLUMNS : said;
  }

  Progress(PrintStream out, boolean terminal, IntSupplier columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
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
    } else if (!label.equals(text) || tenthOf(done) != tenth) {
      out.println(line(label, done));
    }
    text = label;
    tenth = tenthOf(done);
  }

  /** Prints a line that stays. */
  public synchronized void say(String line) {
    String bar = drawn;
    clear();
    out.println(line);
    redraw(bar);
  }

  /** Lets something else print whole lines, above the bar. */
  synchronized void aside(Runnable printing) {
    String bar = drawn;
    clear();
    printing.run();
    out.flush();
    redraw(bar);
  }

  private void redraw(String line) {
    if (terminal && !line.isEmpty()) {
      out.print('\r' + line + " ".repeat(Math.max(0, drawn.length() - line.length())));
      out.flush();
      drawn = line;
    }
  }

  /** Takes the bar away, so that the cursor stands at the beginning of an empty line. */
  private void clear() {
    if (!drawn.isEmpty()) {
      out.print('\r' + " ".repeat(drawn.length()) + '\r');
      out.flush();
      drawn = "";
    }
  }

  private String line(String label, double done) {
    if (Double.isNaN(done)) {
      return fitted(label);
    }
    double share = Math.clamp(done, 0, 1);
    // Downwards: 100 % is said of what is done.
    String percent = String.format(Locale.ROOT, "%3d %%", (int) Math.floor(100 * share));
    if (!terminal) {
      return label + " " + percent.strip();
    }
    int width =
        Math.clamp(columns.getAsInt() - BESIDE_BAR - label.length(), NARROWEST_BAR, WIDEST_BAR);
    int full = (int) Math.floor(share * width);
    return fitted(
        "[" + "#".repeat(full) + ".".repeat(width - full) + "] " + percent + "  " + label);
  }

  /** One column is left free: the last one makes some terminals wrap. */
  private String fitted(String line) {
    int most = Math.max(1, columns.getAsInt() - 1);
    return terminal && line.length() > most ? line.substring(0, most) : line;
  }

  private static int tenthOf(double done) {
    return Double.isNaN(done) ? -1 : (int) (10 * Math.clamp(done, 0, 1));
  }

  /** Leaves the terminal on a fresh line. */
  @Override
  public synchronized void close() {
    clear();
    log.ifPresent(LogLines::close);
  }
}
