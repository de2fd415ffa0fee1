package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ReusedScratch;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.lca.evaluation.LabelScore;
import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.torch.TorchEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Fits probes over the paper's grid of penalties, {0, 1e-6, .. 1e-1} for l1 and for l2, and scores
 * each by S = 0.5 (A_top - A_bottom) - 0.5 (A_noreg - A_l) (Durrani, Dalvi and Sajjad, JMLR 24,
 * 2023): a probe is good when its first neurons carry the concept, its last do not, and little is
 * lost against no penalty. A_top and A_bottom are accuracies on the dev words with the first and
 * the last 20 % of the ranking kept and all other neurons at their mean, without retraining;
 * A_noreg is the accuracy at l1 = l2 = 0.
 *
 * <p>The grid is one path from the strongest penalties to none: l1 falls within each l2, every fit
 * starts from its stronger neighbour, and a row of the grid from the first cell of the row before.
 * Strong penalties leave few weights, so that the early fits are short and the later ones start
 * near.
 */
public final class LambdaSearch {
  /** Share of the neurons that is kept. */
  public static final double KEPT = 0.2;

  private static final double[] GRID = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 0};

  private final ActivationMatrix matrix;
  private final int[] rows;
  private final Split split;
  private final List<ConceptLabels> concepts;
  private final FitSettings settings;
  private final ScratchSpace scratch;
  private final FitProgress progress;
  private final Standardizer standardizer;
  private final double[] means;
  private final Map<String, List<Cell>> cells = new LinkedHashMap<>();

  /**
   * One probe of the grid.
   *
   * @param l1 weight of the L1 penalty
   * @param l2 weight of the other penalty
   * @param accuracy on the dev words, 0 to 1
   * @param top with the first fifth of the neurons
   * @param bottom with the last fifth
   * @param score S
   * @param evaluations of loss and gradient
   * @param converged whether the fit reached its tolerance
   * @param seconds of the fit, which all concepts share
   */
  public record Cell(
      double l1,
      double l2,
      double accuracy,
      double top,
      double bottom,
      double score,
      int evaluations,
      boolean converged,
      double seconds) {
    private Cell scored(double withoutPenalty) {
      double s = 0.5 * (top - bottom) - 0.5 * (withoutPenalty - accuracy);
      return new Cell(l1, l2, accuracy, top, bottom, s, evaluations, converged, seconds);
    }
  }

  private LambdaSearch(
      ActivationMatrix matrix,
      int[] rows,
      Split split,
      List<ConceptLabels> concepts,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    this.matrix = matrix;
    this.rows = rows;
    this.split = split;
    this.concepts = concepts;
    this.settings = settings;
    this.scratch = new ReusedScratch(scratch);
    this.progress = progress;
    Standardizer measured = Standardizer.fit(matrix, split.rowsOf(Split.TRAIN, rows));
    standardizer = settings.standardize() ? measured : Standardizer.identity(matrix.width());
    means = settings.standardize() ? new double[matrix.width()] : measured.mean();
  }

  /**
   * Searches. Parameters as for {@link ProbeFit#fit}; the penalties of the settings are not used,
   * all else is.
   *
   * @param progress told the share of the grid that is done, as {@link FitProgress.Phase#FIT}
   * @return per concept one cell per pair of penalties, strongest first; nothing for a concept that
   *     cannot be fitted or has no dev words
   */
  public static Map<String, List<Cell>> run(
      ActivationMatrix x,
      int[] seenRows,
      Split split,
      List<ConceptLabels> concepts,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    ProbeFit.check(x, seenRows, split, concepts);
    if (split.rowsOf(Split.TRAIN, seenRows).length == 0) {
      return Map.of();
    }
    TorchEngine.onThisThread();
    return new LambdaSearch(x, seenRows, split, concepts, settings, scratch, progress).path();
  }

  /** The cell of the highest score; of equal ones that with the stronger penalties. */
  public static Optional<Cell> best(List<Cell> cells) {
    Cell best = null;
    for (Cell cell : cells) {
      best = best == null || cell.score() > best.score() ? cell : best;
    }
    return Optional.ofNullable(best);
  }

  private Map<String, List<Cell>> path() {
    Map<String, Probe> rowStart = Map.of();
    int done = 0;
    for (double l2 : GRID) {
      Map<String, Probe> start = rowStart;
      for (int i = 0; i < GRID.length; i++) {
        start = fit(GRID[i], l2, start, done++);
        rowStart = i == 0 ? start : rowStart;
      }
    }
    cells.replaceAll(
        (concept, all) -> all.stream().map(cell -> cell.scored(all.getLast().accuracy())).toList());
    return cells;
  }

  private Map<String, Probe> fit(double l1, double l2, Map<String, Probe> start, int done) {
    long began = System.nanoTime();
    double grid = (double) GRID.length * GRID.length;
    List<FitResult> results =
        ProbeFit.fit(
            matrix,
            rows,
            split,
            concepts,
            start,
            settings.withPenalties(l1, l2),
            scratch,
            (phase, share) ->
                progress.report(FitProgress.Phase.FIT, (done + shareOfCell(phase, share)) / grid));
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, Probe> probes = new HashMap<>(start);
    for (int k = 0; k < results.size(); k++) {
      if (results.get(k) instanceof FitResult.Fitted fitted) {
        probes.put(fitted.concept(), fitted.probe());
        measure(concepts.get(k), fitted, l1, l2, seconds);
      }
    }
    return probes;
  }

  private static double shareOfCell(FitProgress.Phase phase, double share) {
    return switch (phase) {
      case FIT -> 0.9 * share;
      case GATHER -> 0;
      default -> 0.9;
    };
  }

  private void measure(
      ConceptLabels labels, FitResult.Fitted fitted, double l1, double l2, double seconds) {
    OptionalDouble accuracy = fitted.evaluation().devAccuracy();
    if (accuracy.isEmpty()) {
      return;
    }
    double top = accuracy.getAsDouble();
    double bottom = top;
    Optional<NeuronRanking> ranking = ranking(fitted);
    if (ranking.isPresent()) {
      int[] order = ranking.get().order();
      int kept = (int) Math.max(1, Math.round(KEPT * order.length));
      Probe first = masked(fitted.probe(), order, 0, kept);
      Probe last = masked(fitted.probe(), order, order.length - kept, order.length);
      int[] dev = split.rowsOf(Split.DEV, rows);
      int[][] said = Predictions.of(List.of(first, last), matrix, standardizer, dev, share -> {});
      top = Measurement.report(labels, dev, said[0]).accuracy().orElseThrow();
      bottom = Measurement.report(labels, dev, said[1]).accuracy().orElseThrow();
    }
    cells
        .computeIfAbsent(labels.concept(), concept -> new ArrayList<>())
        .add(
            new Cell(
                l1,
                l2,
                accuracy.getAsDouble(),
                top,
                bottom,
                Double.NaN,
                fitted.certificate().evaluations(),
                fitted.certificate().converged(),
                seconds));
  }

  /** Empty when no neuron has a weight: then there is nothing to mask. */
  private Optional<NeuronRanking> ranking(FitResult.Fitted fitted) {
    int[] counts = fitted.evaluation().labels().stream().mapToInt(LabelScore::trainCount).toArray();
    return LcaRanker.rank(fitted.probe().weights(), counts, settings.minLabelCount());
  }

  /** The probe with the weights of some places of an order; all others stand at their mean. */
  private Probe masked(Probe probe, int[] order, int from, int to) {
    float[][] weights = new float[probe.weights().length][];
    float[] bias = probe.bias().clone();
    for (int label = 0; label < weights.length; label++) {
      float[] row = probe.weights()[label];
      if (row != null) {
        weights[label] = new float[row.length];
        double atMean = bias[label];
        for (int place = 0; place < order.length; place++) {
          int neuron = order[place];
          if (place >= from && place < to) {
            weights[label][neuron] = row[neuron];
          } else {
            atMean += row[neuron] * means[neuron];
          }
        }
        bias[label] = (float) atMean;
      }
    }
    return new Probe(probe.concept(), probe.labels(), weights, bias);
  }
}
