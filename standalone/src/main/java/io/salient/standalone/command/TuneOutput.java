package io.salient.standalone.command;

import io.salient.ranking.view.Csv;
import io.salient.ranking.view.TuneView;
import io.salient.standalone.report.markup.Numbers;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints a search over penalties. */
final class TuneOutput {
  private TuneOutput() {}

  static void print(List<TuneView> views, OutputFormat format, PrintStream out) {
    switch (format) {
      case JSON -> out.println(Json.text(views));
      case CSV -> csv(views, out);
      case TABLE -> views.forEach(view -> table(view, out));
    }
  }

  private static void csv(List<TuneView> views, PrintStream out) {
    out.println("concept,l1,l2,score,accuracy,top,bottom,evaluations,converged,seconds");
    for (TuneView view : views) {
      for (TuneView.Cell c : view.cells()) {
        out.println(
            Csv.line(
                view.concept(),
                c.l1(),
                c.l2(),
                c.score(),
                c.accuracy(),
                c.top(),
                c.bottom(),
                c.evaluations(),
                c.converged(),
                c.seconds()));
      }
    }
  }

  private static void table(TuneView view, PrintStream out) {
    view.notes().forEach(note -> out.println("note: " + note));
    if (view.best() == null) {
      out.println(view.concept() + ": no probe, or no dev words to measure it on");
      return;
    }
    TextTable table =
        new TextTable("l1", "l2", "score", "accuracy", "top 20 %", "bottom 20 %", "evaluations");
    for (TuneView.Cell c : view.cells()) {
      table.row(
          penalty(c.l1()),
          penalty(c.l2()),
          Numbers.plain(c.score(), 4),
          Numbers.plain(c.accuracy(), 4),
          Numbers.plain(c.top(), 4),
          Numbers.plain(c.bottom(), 4),
          c.evaluations() + (c.converged() ? "" : " (not converged)"));
    }
    table.print(out);
    out.printf(
        Locale.ROOT,
        "%s: best are --l1 %s --l2 %s (score %.4f), %.1f s of fits%n",
        view.concept(),
        penalty(view.best().l1()),
        penalty(view.best().l2()),
        view.best().score(),
        view.cells().stream().mapToDouble(TuneView.Cell::seconds).sum());
    if (view.current() != null) {
      out.printf(
          Locale.ROOT,
          "%s: in force are --l1 %s --l2 %s (score %.4f)%n",
          view.concept(),
          penalty(view.current().l1()),
          penalty(view.current().l2()),
          view.current().score());
    }
  }

  private static String penalty(double weight) {
    return weight == 0 ? "0" : String.format(Locale.ROOT, "%.0e", weight);
  }
}
