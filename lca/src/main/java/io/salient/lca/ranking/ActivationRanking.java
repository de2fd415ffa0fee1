package io.salient.lca.ranking;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSpace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Runs a method that ranks neurons by the activations themselves on the train words of one concept.
 *
 * @param matrix activations
 * @param rows train words whose rows are there, ascending
 * @param codes label of each word of the corpus, -1 for none
 * @param labels number of labels
 * @param standardize whether neurons are compared in units of their own deviation, over the
 *     labelled train words; decides probeless alone, as the other methods do not depend on scale
 * @param minLabelCount labels with fewer train words have no part in the ranking over all labels
 * @param shrinkage of the Gaussian method
 */
public record ActivationRanking(
    ActivationMatrix matrix,
    int[] rows,
    int[] codes,
    int labels,
    boolean standardize,
    int minLabelCount,
    Shrinkage shrinkage) {
  /** Residuals that the Gaussian method may hold; more labels make do with fewer words. */
  private static final int MOST_RESIDUALS = 1 << 26;

  /**
   * Scores neurons.
   *
   * @param method one that needs no probe
   * @param scratch receives 4 x D bytes per train word for iou and average-precision
   * @param done told the share that is done; may throw to end the work
   * @throws IllegalArgumentException when an activation is NaN or infinite
   */
  public MethodScores scores(RankingMethod method, ScratchSpace scratch, DoubleConsumer done) {
    return switch (method) {
      case PROBELESS -> {
        ClassStatistics statistics = statistics();
        yield ProbelessRanker.of(statistics, statistics.scale(standardize), minLabelCount);
      }
      case MEAN_SELECT -> MeanSelectRanker.of(statistics());
      case GAUSSIAN -> gaussian(done);
      case IOU, AVERAGE_PRECISION -> overlap(method, scratch, done);
      case LCA, CONTRIBUTION, NEUROX ->
          throw new IllegalArgumentException(method.text() + " ranks the weights of a probe");
    };
  }

  /** One pass over the labelled train words. */
  public ClassStatistics statistics() {
    return ClassStatistics.of(matrix, rows, codes, labels);
  }

  private MethodScores overlap(RankingMethod method, ScratchSpace scratch, DoubleConsumer done) {
    statistics(); // refuses NaN, which has no place in an order
    int[] labelled = Arrays.stream(rows).filter(row -> codes[row] >= 0).toArray();
    long rowBytes = 4L * matrix.width();
    MemorySegment values = scratch.allocate(Math.max(rowBytes, labelled.length * rowBytes));
    for (int i = 0; i < labelled.length; i++) {
      matrix.read(labelled[i], values.asSlice(i * rowBytes, rowBytes));
    }
    int[] codesOfWords = Arrays.stream(labelled).map(row -> codes[row]).toArray();
    return method == RankingMethod.IOU
        ? OverlapRanker.iou(values, codesOfWords, labels, matrix.width(), done)
        : OverlapRanker.averagePrecision(values, codesOfWords, labels, matrix.width(), done);
  }

  private MethodScores gaussian(DoubleConsumer done) {
    ClassStatistics statistics = statistics();
    int[] candidates =
        statistics.words() == 0 ? new int[0] : GaussianRanker.candidates(statistics, minLabelCount);
    int[] words = sample(statistics.labels(minLabelCount), candidates.length);
    int[] present = Arrays.stream(words).map(row -> codes[row]).distinct().sorted().toArray();
    if (present.length < 2) {
      return new MethodScores(Optional.empty(), new float[0][]);
    }
    int[] classes =
        Arrays.stream(words).map(row -> Arrays.binarySearch(present, codes[row])).toArray();
    return GaussianRanker.rank(
        statistics,
        minLabelCount,
        columns(statistics, candidates, words),
        classes,
        present.length,
        shrinkage,
        done);
  }

  /** Words of some labels, evenly spread. */
  private int[] sample(int[] of, int candidates) {
    int[] all =
        Arrays.stream(rows)
            .filter(row -> codes[row] >= 0 && Arrays.binarySearch(of, codes[row]) >= 0)
            .toArray();
    long cells = Math.max(1, (long) candidates * of.length);
    int size = (int) Math.min(Math.min(all.length, GaussianRanker.WORDS), MOST_RESIDUALS / cells);
    return IntStream.range(0, size).map(i -> all[(int) ((long) i * all.length / size)]).toArray();
  }

  private float[][] columns(ClassStatistics statistics, int[] candidates, int[] words) {
    double[] means = statistics.means();
    double[] inverse = statistics.inverseDeviations();
    float[][] columns = new float[candidates.length][words.length];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment row = arena.allocate(4L * matrix.width(), 64);
      for (int i = 0; i < words.length; i++) {
        matrix.read(words[i], row);
        for (int k = 0; k < candidates.length; k++) {
          int d = candidates[k];
          float x = row.getAtIndex(ValueLayout.JAVA_FLOAT, d);
          columns[k][i] = (float) ((x - means[d]) * inverse[d]);
        }
      }
    }
    return columns;
  }
}
