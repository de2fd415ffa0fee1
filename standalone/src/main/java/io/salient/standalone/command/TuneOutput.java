package io.salient.standalone.command;

import io.salient.schemas.avro.LambdaCell;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.Csv;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a search over penalties. */
final class TuneOutput {
  private TuneOutput() {}

  /**
   * One pair of penalties; accuracies on the dev words, 0 to 1.
   *
   * @param l1 weight of the L1 penalty
   * @param l2 weight of the L2 penalty
   * @param score S = 0.5 (top - bottom) - 0.5 (accuracy without penalty - accuracy)
   * @param accuracy with all neurons
   * @param top with the first 20 % of the ranking
   * @param bottom with the last 20 %
   * @param evaluations of loss and gradient
   * @param converged whether the fit reached its tolerance
   * @param seconds of the fit, shared by all concepts
   */
  record Cell(
      double l1,
      double l2,
      double score,
      double accuracy,
      double top,
      double bottom,
      int evaluations,
      boolean converged,
      double seconds) {
    private static Cell of(LambdaCell cell) {
      return new Cell(
          cell.getL1(),
          cell.getL2(),
          cell.getScore(),
          cell.getAccuracy(),
          cell.getTopAccuracy(),
          cell.getBottomAccuracy(),
          cell.getEvaluations(),
          cell.getConverged(),
          cell.getSeconds());
    }
  }

  /**
   * The search of one concept.
   *
   * @param concept its name
   * @param best the pair of the highest score; null when there is none
   * @param current the pair in force; null when there is none
   * @param cells all pairs, the highest score first
   * @param notes why there is none, and other problems
   */
  record View(String concept, Cell best, Cell current, List<Cell> cells, List<String> notes) {
    static View of(SalientNeurons neurons) {
      List<Cell> cells =
          neurons.getReport().getLambdaSearch().stream()
              .map(Cell::of)
              .sorted(Comparator.comparingDouble(Cell::score).reversed())
              .toList();
      return new View(
          neurons.getConcept(),
          cells.isEmpty() ? null : cells.getFirst(),
          current(cells, neurons.getReport().getProvenance().getSettings()),
          cells,
          neurons.getReport().getNotes());
    }

    private static Cell current(List<Cell> cells, Map<String, String> settings) {
      return cells.stream()
          .filter(cell -> Double.toString(cell.l1()).equals(settings.get("l1")))
          .filter(cell -> Double.toString(cell.l2()).equals(settings.get("l2")))
          .findFirst()
          .orElse(null);
    }
  }

  static void print(List<View> views, OutputFormat format, PrintStream out) {
    switch (format) {
      case JSON -> out.println(Json.text(views));
      case CSV -> csv(views, out);
      case TABLE -> views.forEach(view -> table(view, out));
    }
  }

  private static void csv(List<View> views, PrintStream out) {
    out.println("concept,l1,l2,score,accuracy,top,bottom,evaluations,converged,seconds");
    for (View view : views) {
      for (Cell c : view.cells()) {
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

  private static void table(View view, PrintStream out) {
    view.notes().forEach(note -> out.println("note: " + note));
    if (view.best() == null) {
      out.println(view.concept() + ": no probe, or no dev words to measure it on");
      return;
    }
    TextTable table =
        new TextTable("l1", "l2", "score", "accuracy", "top 20 %", "bottom 20 %", "evaluations");
    for (Cell c : view.cells()) {
      table.row(
          penalty(c.l1()),
          penalty(c.l2()),
          number(c.score()),
          number(c.accuracy()),
          number(c.top()),
          number(c.bottom()),
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
        view.cells().stream().mapToDouble(Cell::seconds).sum());
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

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
