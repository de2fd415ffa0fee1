package io.salient.lca.probe.optimiser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps a model of the loss for every class. Models are measured rarely and kept: as a metric they
 * serve long after the point where they were measured, and each class's scale, which is fitted to
 * every step, takes up what they miss.
 */
final class Metric implements AutoCloseable {
  /** Iterations of a fit from nothing at which all models are measured. */
  private static final int[] COLD = {0, 2, 5};

  /** The same of a fit that sets out near its end. */
  private static final int[] WARM = {0, 3};

  /** After those, again after so many iterations. */
  private static final int EVERY = 10;

  /**
   * The same without l1, where models are of all neurons: none can be missing, and all are dear.
   */
  private static final int EVERY_OF_ALL = 40;

  /** A model is measured anew when more zeros want a weight than this, or this share of its own. */
  private static final int MISSING = 8;

  private static final double MISSING_SHARE = 0.2;

  /**
   * Neurons of a model at most, and bytes of a head's models: a measurement's time grows with the
   * cube of the neurons. On real activations of 9,984 neurons most classes need 100 to 300, a few
   * 1,100.
   */
  private static final int MOST_NEURONS = 1_600;

  private static final long MOST_BYTES = 1L << 28;

  private final SampledCurvature curvature;
  private final boolean once;

  /**
   * Over the words of a loss.
   *
   * @param once whether all models are measured at the first iteration only
   */
  Metric(SoftmaxLoss loss, boolean once) {
    this.curvature = new SampledCurvature(loss);
    this.once = once;
  }

  /** Whether models of a head can be had at all. */
  static boolean serves(Objective objective, int classes, int width) {
    return objective.penalty() == Penalty.ELASTIC_NET
        && (objective.l1() > 0 || width <= mostNeurons(classes));
  }

  /** Where every class needs as many as this, their models take {@link #MOST_BYTES}. */
  private static int mostNeurons(int classes) {
    return Math.min(MOST_NEURONS, (int) Math.sqrt(MOST_BYTES / 4.0 / classes));
  }

  /**
   * Whether models are worth having for the last of a head's way. Classes that cannot be told
   * apart, as of control tasks, put a weight on half of all neurons: where those are many,
   * measuring their models takes longer than the evaluations that a rough answer needs.
   */
  static boolean pays(Goal goal, int width) {
    return width <= MOST_NEURONS || !goal.rough();
  }

  /**
   * Measures what is due of a head's models.
   *
   * @param residuals p - y at V
   * @param offset position of the head's first class in these
   * @param words that take part
   * @param rows all words
   */
  void measure(
      HeadFit fit,
      int iteration,
      double l1,
      ScoreBlocks residuals,
      int offset,
      int words,
      int rows) {
    List<ClassRow> classes = fit.classes();
    boolean all = iteration == 0 || (!once && due(iteration, fit.warm(), l1));
    List<Integer> wanted = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      if (all || isMissing(classes.get(c), l1)) {
        wanted.add(c);
      }
    }
    int[][] sets = new int[classes.size()][];
    wanted.parallelStream().forEach(c -> sets[c] = workingSet(classes.get(c), l1, MOST_NEURONS));
    if (bytes(classes, sets) > MOST_BYTES) {
      int most = mostNeurons(classes.size());
      wanted.parallelStream().forEach(c -> sets[c] = workingSet(classes.get(c), l1, most));
    }
    SampledCurvature.Sample[] samples = new SampledCurvature.Sample[classes.size()];
    wanted.parallelStream()
        .forEach(
            c -> {
              float[] ofClass = new float[rows];
              residuals.read(offset + c, ofClass);
              samples[c] = SampledCurvature.Sample.of(ofClass, sets[c]);
            });
    for (int c : wanted) {
      classes.get(c).block = curvature.block(samples[c], words, fit.objective().l2());
    }
  }

  private static boolean due(int iteration, boolean warm, double l1) {
    int[] at = warm ? WARM : COLD;
    int last = at[at.length - 1];
    return Arrays.stream(at).anyMatch(i -> i == iteration)
        || (iteration > last && (iteration - last) % (l1 > 0 ? EVERY : EVERY_OF_ALL) == 0);
  }

  private static boolean isMissing(ClassRow row, double l1) {
    return row.block.missing(row.gradient, l1)
        > Math.max(MISSING, MISSING_SHARE * row.block.size());
  }

  private static int[] workingSet(ClassRow row, double l1, int most) {
    return l1 > 0
        ? WorkingSet.of(row.from, row.gradient, l1, most)
        : IntStream.range(0, row.from.length).toArray();
  }

  /** Of a head's models, those that stay and those that are to be measured. */
  private static double bytes(List<ClassRow> classes, int[][] sets) {
    double bytes = 0;
    for (int c = 0; c < sets.length; c++) {
      double size = sets[c] != null ? sets[c].length : classes.get(c).block.size();
      bytes += 4 * size * size;
    }
    return bytes;
  }

  @Override
  public void close() {
    curvature.close();
  }
}
