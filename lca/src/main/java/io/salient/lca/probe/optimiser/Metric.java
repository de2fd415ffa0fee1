package io.salient.lca.probe.optimiser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps a model of the loss for every class. Models are measured rarely and kept: as a metric they
 * serve long after the point where they were measured, and each class's scale, which is fitted to
 * every step, takes up what they miss.
 *
 * <p>Not so on the way to a rough answer. Classes that cannot be told apart, as of control tasks,
 * want a weight on a large part of all neurons, and a few iterations are all there is time for: at
 * each of them over all words models are measured, of more neurons every time. What is missing in
 * one is left to the next.
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

  /** Models of the way to a rough answer that are held at the same time. */
  private static final int AT_ONCE = 8;

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

  /** Whether models of a head are kept from iteration to iteration: {@link #measure}. */
  boolean keeps(HeadFit fit) {
    return once || !fit.rough();
  }

  /**
   * Residuals of a head at V.
   *
   * @param all p - y, of all heads
   * @param offset position of the head's first class in these
   * @param words that take part
   * @param rows all words
   */
  record Residuals(ScoreBlocks all, int offset, int words, int rows) {
    float[] of(int c) {
      float[] ofClass = new float[rows];
      all.read(offset + c, ofClass);
      return ofClass;
    }
  }

  /** Measures what is due of a head's models. */
  void measure(HeadFit fit, int iteration, double l1, Residuals residuals) {
    List<ClassRow> classes = fit.classes();
    boolean all = iteration == 0 || (!once && due(iteration, fit.warm(), l1));
    List<Integer> wanted = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      if (all || (!fit.rough() && isMissing(classes.get(c), l1))) {
        wanted.add(c);
      }
    }
    int[][] sets = workingSets(classes, wanted, l1, WorkingSet.SLOW, MOST_NEURONS);
    if (bytes(classes, sets) > MOST_BYTES) {
      sets = workingSets(classes, wanted, l1, WorkingSet.SLOW, mostNeurons(classes.size()));
    }
    measure(fit, wanted, sets, residuals);
  }

  /**
   * Measures all models of a head, a few at a time, which are gone once they have been used.
   *
   * @param use what they are for
   */
  void measureEach(HeadFit fit, double l1, Residuals residuals, Consumer<List<ClassRow>> use) {
    List<ClassRow> classes = fit.classes();
    for (int first = 0; first < classes.size(); first += AT_ONCE) {
      int end = Math.min(first + AT_ONCE, classes.size());
      List<Integer> some = IntStream.range(first, end).boxed().toList();
      measure(fit, some, workingSets(classes, some, l1, WorkingSet.FAST, MOST_NEURONS), residuals);
      List<ClassRow> rows = classes.subList(first, end);
      rows.forEach(ClassRow::expectCoupling);
      use.accept(rows);
      rows.forEach(row -> row.block = null);
    }
  }

  private void measure(HeadFit fit, List<Integer> wanted, int[][] sets, Residuals residuals) {
    SampledCurvature.Sample[] samples = new SampledCurvature.Sample[sets.length];
    wanted.parallelStream()
        .forEach(c -> samples[c] = SampledCurvature.Sample.of(residuals.of(c), sets[c]));
    for (int c : wanted) {
      fit.classes().get(c).block =
          curvature.block(samples[c], residuals.words, fit.objective().l2());
    }
  }

  /** By class; null where none is wanted. */
  private static int[][] workingSets(
      List<ClassRow> classes, List<Integer> wanted, double l1, WorkingSet.Growth growth, int most) {
    int[][] sets = new int[classes.size()][];
    wanted.parallelStream().forEach(c -> sets[c] = workingSet(classes.get(c), l1, growth, most));
    return sets;
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

  private static int[] workingSet(ClassRow row, double l1, WorkingSet.Growth growth, int most) {
    return l1 > 0
        ? WorkingSet.of(row.from, row.gradient, l1, growth, most)
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
