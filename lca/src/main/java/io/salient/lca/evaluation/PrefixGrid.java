package io.salient.lca.evaluation;

import io.salient.lca.SentenceGroups;
import io.salient.lca.probe.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which number of first neurons is enough. Accuracy on dev words is noisy and does not always rise
 * with the number, so that the first size that looks enough is often so by luck. Therefore losses
 * over a grid of sizes are smoothed by {@link IsotonicRegression}, and a size is enough when even
 * the upper limit of its smoothed loss, by {@link PairedLoss}, is.
 */
final class PrefixGrid {
  private PrefixGrid() {}

  /**
   * A probe on so many first neurons.
   *
   * @param size how many
   * @param dev what it says of the dev words
   * @param devAccuracy its accuracy there
   * @param testAccuracy on test words
   */
  record Tried(int size, Answers dev, double devAccuracy, OptionalDouble testAccuracy) {}

  /**
   * Losses against the probe on all neurons.
   *
   * @param tried by size, the smallest first
   * @param oracle what the probe on all neurons says of the dev words
   * @param accuracy its accuracy there
   */
  static List<MinimalSet.Size> of(
      List<Tried> tried, Answers oracle, double accuracy, SentenceGroups sentences) {
    List<PairedLoss> losses =
        tried.stream().map(probe -> PairedLoss.of(oracle, probe.dev(), sentences)).toList();
    double[] gains =
        IsotonicRegression.neverFalling(
            losses.stream().mapToDouble(loss -> -loss.loss()).toArray());
    List<MinimalSet.Size> grid = new ArrayList<>();
    for (int i = 0; i < tried.size(); i++) {
      Tried probe = tried.get(i);
      grid.add(
          new MinimalSet.Size(
              probe.size(),
              probe.devAccuracy(),
              accuracy + gains[i],
              losses.get(i).margin() - gains[i],
              probe.testAccuracy()));
    }
    return grid;
  }

  /** The smallest that loses no more than that; empty when none does. */
  static Optional<MinimalSet.Size> smallest(List<MinimalSet.Size> grid, double allowed) {
    return grid.stream().filter(size -> size.lossBound() <= allowed).findFirst();
  }
}
