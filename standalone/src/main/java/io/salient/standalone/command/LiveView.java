package io.salient.standalone.command;

import io.salient.ranking.view.RunOverview;
import io.salient.standalone.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The live table of a run on a terminal. The whole run is asked for to make it, so that it is made
 * at most four times a second, however often something changes; what was left out is owed.
 */
final class LiveView {
  /** What passes between two tables. */
  static final long FRAME_MILLIS = 250;

  private final Supplier<Optional<RunOverview>> run;
  private final LongSupplier nanos;
  private long shown;
  private boolean any;
  private boolean owed;

  /**
   * Nothing shown yet.
   *
   * @param run as it is now
   * @param nanos a clock, as {@link System#nanoTime}
   */
  LiveView(Supplier<Optional<RunOverview>> run, LongSupplier nanos) {
    this.run = run;
    this.nanos = nanos;
  }

  /** Shows it with some lines below, unless it was shown a moment ago. */
  void show(Progress progress, List<String> below) {
    long now = nanos.getAsLong();
    owed = any && now - shown < TimeUnit.MILLISECONDS.toNanos(FRAME_MILLIS);
    if (owed) {
      return;
    }
    shown = now;
    any = true;
    LiveTable table = new LiveTable(progress.columns(), LiveTable.coloursWanted());
    List<String> lines = new ArrayList<>(run.get().map(table::of).orElse(List.of()));
    lines.addAll(below);
    progress.table(lines);
  }

  /** True when what changed last was not shown: it is to be shown again soon. */
  boolean isOwed() {
    return owed;
  }
}
