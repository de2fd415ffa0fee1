package io.salient.standalone.command;

import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.ConceptOverview.Point;
import io.salient.ranking.view.DriftPoint;
import io.salient.ranking.view.RunOverview;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as it is now, for a terminal: a row per concept, with its latest ranked checkpoint and the
 * verdict that stands. The same figures as the first screen of the page.
 */
final class LiveTable {
  private static final int LONGEST_CONCEPT = 16;

  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private static final String CALM = "stable";

  private final int columns;
  private final boolean colours;

  /**
   * For some terminal.
   *
   * @param columns that lines have at most
   * @param colours whether a verdict has one
   */
  LiveTable(int columns, boolean colours) {
    this.columns = columns;
    this.colours = colours;
  }

  /** Whether people want colours at all (no-color.org). */
  static boolean coloursWanted() {
    String no = System.getenv("NO_COLOR");
    return no == null || no.isEmpty();
  }

  /** Empty before anything is ranked. */
  List<String> of(RunOverview run) {
    List<ConceptOverview> ranked =
        run.concepts().stream().filter(concept -> !concept.points().isEmpty()).toList();
    if (ranked.isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable("concept", "step", "accuracy %", "rho", "layer", "verdict").narrow();
    ranked.forEach(concept -> row(table, concept));
    List<String> lines = new ArrayList<>(List.of(fitted(title(run))));
    List<String> rows = table.lines();
    lines.add(fitted(rows.getFirst()));
    for (int i = 0; i < ranked.size(); i++) {
      lines.add(coloured(fitted(rows.get(i + 1)), ranked.get(i)));
    }
    return lines;
  }

  private static String title(RunOverview run) {
    long ended = run.checkpoints().stream().filter(c -> c.stage().equals("EVALUATED")).count();
    long ranked = run.checkpoints().stream().filter(c -> c.stage().equals("RANKED")).count();
    long failed =
        run.checkpoints().stream()
            .filter(c -> c.stage().equals("FAILED") || c.stage().equals("LOST"))
            .count();
    return "%s: %d checkpoints, %d ranked, %d of them evaluated%s%s"
        .formatted(
            run.run(),
            run.checkpoints().size(),
            ranked + ended,
            ended,
            failed == 0 ? "" : ", " + failed + " failed",
            run.baselineStep() == null ? "" : "; drift from step " + run.baselineStep());
  }

  private static void row(TextTable table, ConceptOverview concept) {
    Point last = concept.points().getLast();
    Point first = concept.points().getFirst();
    DriftPoint drift = last.drift();
    table.row(
        shortened(concept.concept()),
        last.step() + (last.isFinal() ? "" : text(" (%.0f %%)", 100 * last.coverage())),
        change(percent(last.accuracy()), points(last, first)),
        drift == null || drift.similarity() == null
            ? "-"
            : Numbers.plain(drift.similarity(), 2) + limits(drift),
        change(
            Numbers.plain(last.meanLayer(), 1),
            drift == null || drift.shift() == null ? null : text("%+.1f", drift.shift())),
        verdict(concept));
  }

  private static String percent(Double share) {
    return share == null ? "-" : Numbers.plain(100 * share, 1);
  }

  /** Of accuracy, since the first step. */
  private static String points(Point last, Point first) {
    return last.step() == first.step() || last.accuracy() == null || first.accuracy() == null
        ? null
        : text("%+.1f", 100 * (last.accuracy() - first.accuracy()));
  }

  /** A number, the same in every locale. */
  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String change(String value, String change) {
    return change == null ? value : value + " (" + change + ")";
  }

  private static String limits(DriftPoint drift) {
    return drift.lower() == null
        ? ""
        : " (%s-%s)".formatted(Numbers.plain(drift.lower(), 2), Numbers.plain(drift.upper(), 2));
  }

  private static String verdict(ConceptOverview concept) {
    ConceptOverview.Said said = concept.said();
    if (said.step() == null) {
      return said.pending() ? "not yet told" : "-";
    }
    String verdict =
        said.verdict() == null
            ? "no verdict"
            : said.verdict() + (said.since() == null ? "" : " since " + said.since());
    return verdict + (concept.alarm() == null ? "" : ", alarm");
  }

  private static String shortened(String concept) {
    return concept.length() <= LONGEST_CONCEPT
        ? concept
        : concept.substring(0, LONGEST_CONCEPT - 2) + "..";
  }

  private String fitted(String line) {
    return line.length() <= columns ? line : line.substring(0, Math.max(0, columns));
  }

  /** The verdict, which stands last; one that the line has no place for has no colour. */
  private String coloured(String line, ConceptOverview concept) {
    String verdict = concept.said().verdict();
    int from = verdict == null ? -1 : line.lastIndexOf(verdict);
    if (!colours || from < 0) {
      return line;
    }
    String colour = verdict.equals(CALM) ? GREEN : verdict.equals("undecided") ? YELLOW : RED;
    return line.substring(0, from) + colour + line.substring(from) + PLAIN;
  }
}
