package io.salient.lca.evaluation;

import io.salient.lca.ReusedScratch;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ProbeFit;
import io.salient.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits probes over the paper's grid of penalties, {0, 1e-6, .. 1e-1} for l1 and for l2, and scores
 * each by S = 0.5 (A_top - A_bottom) - 0.5 (A_noreg - A_l) (Durrani, Dalvi and Sajjad, JMLR 24,
 * 2023): a probe is good when its first neurons carry the concept, its last do not, and little is
 * lost against no penalty. A_top and A_bottom are accuracies on the dev words with the first and
 * the last 20 % of the ranking kept and all other neurons at their mean, without retraining;
 * A_noreg is the accuracy at l1 = l2 = 0. A_bottom counts no less than the share of the dev words
 * that have the most frequent train label: always saying that takes no neuron, and a bottom that
 * does even worse is no merit of the ranking.
 *
 * <p>The grid is one path from the strongest penalties to none: l1 falls within each l2, every fit
 * starts from its stronger neighbour, and a row of the grid from the first cell of the row before.
 * Strong penalties leave few weights, so that the early fits are short and the later ones start
 * near. Before it the settings' own penalties are scored, where they are no cell of the grid, so
 * that what is in force can be compared with what would be best.
 */
public final class LambdaSearch {
  /** Share of the neurons that is kept. */
  public static final double KEPT = 0.2;

  private static final double[] GRID = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 0};

  private final EvaluationData data;
  private final List<ConceptLabels> concepts;
  private final FitSettings settings;
  private final ScratchSpace scratch;
  private final FitProgress progress;
  private final Ablation ablation;
  private final Map<String, List<Cell>> cells = new LinkedHashMap<>();
  private final Map<String, Double> majorities = new HashMap<>();

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
    private Cell scored(double withoutPenalty, double majority) {
      double s = 0.5 * (top - Math.max(bottom, majority)) - 0.5 * (withoutPenalty - accuracy);
      return new Cell(l1, l2, accuracy, top, bottom, s, evaluations, converged, seconds);
    }
  }

  private LambdaSearch(
      EvaluationData data,
      List<ConceptLabels> concepts,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    this.data = data;
    this.concepts = concepts;
    this.settings = settings;
    this.scratch = new ReusedScratch(scratch);
    this.progress = progress;
    this.ablation =
        new Ablation(
            data,
            Standardizer.fit(data.matrix(), data.rowsOf(Split.TRAIN)),
            settings.standardize(),
            new Ablation.Masking(Split.DEV, new double[] {KEPT}, 0, 0));
  }

  /**
   * Searches. Parameters as for {@link ProbeFit#fit}.
   *
   * @param progress told the share of the grid that is done, as {@link FitProgress.Phase#FIT}
   * @return per concept one cell per pair of penalties, that of the settings first, then the grid,
   *     strongest first; nothing for a concept that cannot be fitted or has no dev words
   */
  public static Map<String, List<Cell>> run(
      EvaluationData data,
      List<ConceptLabels> concepts,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress) {
    if (data.rowsOf(Split.TRAIN).length == 0) {
      return Map.of();
    }
    TorchEngine.onThisThread();
    return new LambdaSearch(data, concepts, settings, scratch, progress).path();
  }

  private Map<String, List<Cell>> path() {
    Map<String, Probe> rowStart = Map.of();
    int done = 0;
    if (!onGrid(settings.l1()) || !onGrid(settings.l2())) {
      fit(settings.l1(), settings.l2(), Map.of(), done++);
    }
    for (double l2 : GRID) {
      Map<String, Probe> start = rowStart;
      for (int i = 0; i < GRID.length; i++) {
        start = fit(GRID[i], l2, start, done++);
        rowStart = i == 0 ? start : rowStart;
      }
    }
    cells.replaceAll(
        (concept, all) ->
            all.stream()
                .map(cell -> cell.scored(all.getLast().accuracy(), majorities.get(concept)))
                .toList());
    return cells;
  }

  private static boolean onGrid(double penalty) {
    return Arrays.stream(GRID).anyMatch(of -> of == penalty);
  }

  private Map<String, Probe> fit(double l1, double l2, Map<String, Probe> start, int done) {
    long began = System.nanoTime();
    FitProgress ofCell = ofCell(done);
    List<FitResult> results =
        ProbeFit.fit(
            data.matrix(),
            data.rows(),
            data.split(),
            concepts,
            start,
            settings.withPenalties(l1, l2),
            scratch,
            ofCell);
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, AblationPoint> masked = masked(results, ofCell);
    Map<String, Probe> probes = new HashMap<>(start);
    for (FitResult result : results) {
      if (result instanceof FitResult.Fitted fitted) {
        probes.put(fitted.concept(), fitted.probe());
        add(fitted, masked.get(fitted.concept()), l1, l2, seconds);
      }
    }
    return probes;
  }

  private FitProgress ofCell(int done) {
    double all = 1 + (double) GRID.length * GRID.length;
    return (phase, share) ->
        progress.report(FitProgress.Phase.FIT, (done + shareOfCell(phase, share)) / all);
  }

  private static double shareOfCell(FitProgress.Phase phase, double share) {
    return switch (phase) {
      case FIT -> 0.9 * share;
      case GATHER -> 0;
      default -> 0.9;
    };
  }

  /** By concept; none for one whose neurons all have no weight: then there is nothing to mask. */
  private Map<String, AblationPoint> masked(List<FitResult> results, FitProgress ofCell) {
    List<RankedConcept> ranked = new ArrayList<>();
    for (int k = 0; k < results.size(); k++) {
      if (results.get(k) instanceof FitResult.Fitted fitted
          && fitted.evaluation().devAccuracy().isPresent()) {
        RankedConcept.of(concepts.get(k), fitted, settings).ifPresent(ranked::add);
      }
    }
    Map<String, AblationPoint> masked = new HashMap<>();
    if (!ranked.isEmpty()) {
      List<List<AblationPoint>> points = ablation.of(ranked, new Steps(ofCell, 1));
      for (int k = 0; k < ranked.size(); k++) {
        masked.put(ranked.get(k).name(), points.get(k).getFirst());
      }
    }
    return masked;
  }

  private void add(
      FitResult.Fitted fitted, AblationPoint masked, double l1, double l2, double seconds) {
    if (fitted.evaluation().devAccuracy().isEmpty()) {
      return;
    }
    double accuracy = fitted.evaluation().devAccuracy().getAsDouble();
    majorities.put(fitted.concept(), fitted.evaluation().devMajority());
    cells
        .computeIfAbsent(fitted.concept(), concept -> new ArrayList<>())
        .add(
            new Cell(
                l1,
                l2,
                accuracy,
                masked == null ? accuracy : masked.top(),
                masked == null ? accuracy : masked.bottom(),
                Double.NaN,
                fitted.certificate().evaluations(),
                fitted.certificate().converged(),
                seconds));
  }
}
