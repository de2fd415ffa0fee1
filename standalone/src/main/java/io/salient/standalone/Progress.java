package io.salient.standalone;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Shows how far a job is. On a terminal: a table, where there is one, and a bar below it, drawn
 * again and again in their place, never wider or higher than the window. Elsewhere plain lines (one
 * for each change of text and for every tenth of the way, so that a log stays readable). What is
 * logged meanwhile stands on lines of its own, above. Thread-safe.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 10;

  /** Of " 100 % ", the brackets and the column that is left free. */
  private static final int BESIDE_BAR = 11;

  private static final String UP = "\u001b[A";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  /** Of a process, as its standard error is. */
  private static volatile boolean quiet;

  private final PrintStream out;
  private final Kind kind;
  private final Supplier<TerminalSize> size;
  private Optional<LogLines> log = Optional.empty();
  private List<String> table = List.of();
  private String text = "";
  private int tenth = -1;
  private String bar = "";
  private int drawn;

  /** Where a progress is shown. */
  enum Kind {
    TERMINAL,
    LINES,
    /** Nowhere: nobody wants to know. */
    NONE
  }

  /** From now on this process shows no progress; errors and results are told all the same. */
  public static void beQuiet() {
    quiet = true;
  }

  /** Draws on standard error, so that results on standard output can be piped. */
  public static Progress onStandardError() {
    boolean terminal = TerminalSize.now().isPresent();
    Kind kind = quiet ? Kind.NONE : terminal ? Kind.TERMINAL : Kind.LINES;
    Progress progress =
        new Progress(System.err, kind, () -> TerminalSize.now().orElse(TerminalSize.USUAL));
    if (kind == Kind.TERMINAL) {
      progress.log = Optional.of(LogLines.above(progress));
    }
    return progress;
  }

  Progress(PrintStream out, Kind kind, Supplier<TerminalSize> size) {
    this.out = out;
    this.kind = kind;
    this.size = size;
  }

  /** Columns that a table has; 0 where none is shown. */
  public int columns() {
    return kind == Kind.TERMINAL ? size.get().columns() - 1 : 0;
  }

  /**
   * Shows a table above the bar, on a terminal alone: a log has the lines that are said.
   *
   * @param lines no wider than {@link #columns}, colours not counted; those that the window is too
   *     low for are counted instead of shown
   */
  public synchronized void table(List<String> lines) {
    if (kind == Kind.TERMINAL) {
      table = List.copyOf(lines);
      redraw();
    }
  }

  /**
   * Shows a state.
   *
   * @param label what is going on
   * @param done share that is done, 0 to 1; NaN when it is not known
   */
  public synchronized void show(String label, double done) {
    if (kind == Kind.TERMINAL) {
      bar = line(label, done);
      redraw();
    } else if (kind == Kind.LINES && (!label.equals(text) || tenthOf(done) != tenth)) {
      out.println(line(label, done));
    }
    text = label;
    tenth = tenthOf(done);
  }

  /** Prints a line that stays. */
  public synchronized void say(String line) {
    if (kind != Kind.NONE) {
      clear();
      out.println(line);
      redraw();
    }
  }

  /** Lets something else print whole lines, above the bar. */
  synchronized void aside(Runnable printing) {
    clear();
    printing.run();
    out.flush();
    redraw();
  }

  /** Over what was drawn before, line by line, so that nothing flickers. */
  private void redraw() {
    if (kind != Kind.TERMINAL || (table.isEmpty() && bar.isEmpty())) {
      return;
    }
    List<String> lines = new ArrayList<>(shownOfTable());
    lines.add(bar);
    out.print(
        toTop()
            + String.join(REST_OF_LINE + "\n", lines)
            + (lines.size() < drawn ? REST_OF_SCREEN : REST_OF_LINE));
    out.flush();
    drawn = lines.size();
  }

  private List<String> shownOfTable() {
    int most = Math.max(1, size.get().rows() - 2);
    return table.size() <= most
        ? table
        : Stream.concat(
                table.stream().limit(most - 1L),
                Stream.of("  and " + (table.size() - most + 1) + " more"))
            .toList();
  }

  private String toTop() {
    return drawn == 0 ? "" : "\r" + UP.repeat(drawn - 1);
  }

  /** Takes table and bar away, so that the cursor stands at the beginning of an empty line. */
  private void clear() {
    if (drawn > 0) {
      out.print(toTop() + REST_OF_SCREEN);
      out.flush();
      drawn = 0;
    }
  }

  /** A bar that stands in a table. */
  public String bar(String label, double done) {
    return line(label, done);
  }

  private String line(String label, double done) {
    if (Double.isNaN(done)) {
      return fitted(label);
    }
    double share = Math.clamp(done, 0, 1);
    // Downwards: 100 % is said of what is done.
    String percent = String.format(Locale.ROOT, "%3d %%", (int) Math.floor(100 * share));
    if (kind != Kind.TERMINAL) {
      return label + " " + percent.strip();
    }
    int width =
        Math.clamp(size.get().columns() - BESIDE_BAR - label.length(), NARROWEST_BAR, WIDEST_BAR);
    int full = (int) Math.floor(share * width);
    return fitted(
        "[" + "#".repeat(full) + ".".repeat(width - full) + "] " + percent + "  " + label);
  }

  /** One column is left free: the last one makes some terminals wrap. */
  private String fitted(String line) {
    int most = Math.max(1, size.get().columns() - 1);
    return kind == Kind.TERMINAL && line.length() > most ? line.substring(0, most) : line;
  }

  private static int tenthOf(double done) {
    return Double.isNaN(done) ? -1 : (int) (10 * Math.clamp(done, 0, 1));
  }

  /** Leaves the table, which is the last that was known, and the cursor on a fresh line. */
  @Override
  public synchronized void close() {
    clear();
    table.forEach(out::println);
    table = List.of();
    bar = "";
    log.ifPresent(LogLines::close);
  }
}
