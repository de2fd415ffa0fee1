package io.salient.ranking.view;

import io.salient.schemas.avro.LambdaCell;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The search over penalties of one concept, as {@code salient tune --format json} prints it.
 *
 * @param concept its name
 * @param best the pair of the highest score; null when there is none
 * @param current the pair in force; null when there is none
 * @param cells all pairs, the highest score first
 * @param notes why there is none, and other problems
 */
public record TuneView(
    String concept, Cell best, Cell current, List<Cell> cells, List<String> notes) {
  /** The view of a result, of a version that searched. */
  public static TuneView of(SalientNeurons neurons) {
    List<Cell> cells =
        neurons.getReport().getLambdaSearch().stream()
            .map(Cell::of)
            .sorted(Comparator.comparingDouble(Cell::score).reversed())
            .toList();
    return new TuneView(
        neurons.getConcept(),
        cells.isEmpty() ? null : cells.getFirst(),
        current(cells, neurons.getReport()),
        cells,
        neurons.getReport().getNotes());
  }

  private static Cell current(List<Cell> cells, ProbeReport report) {
    return cells.stream()
        .filter(cell -> Objects.equals(cell.l1(), report.getL1()))
        .filter(cell -> Objects.equals(cell.l2(), report.getL2()))
        .findFirst()
        .orElse(null);
  }

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
  public record Cell(
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
}
