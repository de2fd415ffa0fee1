package io.salient.lca.probe.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.torch.TorchEngine;
import java.util.Arrays;

/**
 * Proves how far a head is from its optimum. For any probabilities q of the words whose sums over
 * words are, class by class, those of the labels,
 *
 * <pre>
 * D(q) = (1/n) sum_i H(q_i) - sum_cd max(|u_cd| - l1, 0)^2 / (4 l2),   u = (q - y)' x / n
 * </pre>
 *
 * is at most the smallest value of the objective (Fenchel's dual of the elastic net; H is the
 * entropy). q are the probabilities at W with the biases at their optimum for W, which makes the
 * sums equal; what is left of a difference is mixed away by a share of one common distribution, and
 * that share's worst effect is counted. Shrinking q towards y by a factor t is allowed too, and
 * counted by the concavity of H; it helps far from the optimum, and where l2 = 0 nothing else does.
 *
 * <p>The bound holds up to the rounding of the sums over words, float32 within a block of rows:
 * about 1e-6 of the objective. It is careful: on real activations ten to thirty times the true gap.
 */
final class DualityGap {
  private static final int MOST_NEWTON_STEPS = 8;

  /** Of a class's words: as near as float32 probabilities come. */
  private static final double BALANCED = 1e-7;

  private static final double[] SHRUNK = {1, 0.999, 0.997, 0.99, 0.98, 0.96, 0.93, 0.9, 0.8, 0.65};

  private final SoftmaxLoss loss;
  private final double bound;

  /**
   * What was found.
   *
   * @param biasShift brings the biases to their optimum for W; the certificate is of W with it
   * @param gradient of the mean loss there, by class
   */
  record Proof(Certificate certificate, double[] biasShift, float[][] gradient) {}

  /**
   * Over the words of a loss.
   *
   * @param bound largest root mean square of a neuron over all these words
   */
  DualityGap(SoftmaxLoss loss, double bound) {
    this.loss = loss;
    this.bound = bound;
  }

  /**
   * Proves the gap of one head.
   *
   * @param scores at W
   */
  Proof prove(SoftmaxHeads heads, int head, ScoreBlocks scores, HeadFit fit) {
    Pass pass = new Pass(heads, head, scores);
    double[] shift = pass.balance();
    Totals totals = pass.totals(shift);
    int words = Math.max(1, heads.words(head, loss.rows().rows()));
    double objective = totals.loss / words + penalty(fit);
    double gap = gap(objective, totals, pass.counts, words, fit.objective());
    double step = relativeStep(objective, totals.gradient, words, fit);
    double measure = Double.isFinite(gap) ? gap : step;
    return new Proof(
        new Certificate(objective, gap, step, fit.evaluations(), measure <= fit.goal().tolerance()),
        shift,
        means(totals.gradient, words));
  }

  private static float[][] means(ClassGradient gradient, int words) {
    float each = 1f / words;
    Arrays.stream(gradient.weights())
        .parallel()
        .forEach(
            row -> {
              for (int d = 0; d < row.length; d++) {
                row[d] *= each;
              }
            });
    return gradient.weights();
  }

  private static double penalty(HeadFit fit) {
    return fit.classes().stream()
        .mapToDouble(row -> ClassRow.penalty(row.weights, fit.objective()))
        .sum();
  }

  private record Totals(double loss, double entropy, ClassGradient gradient) {}

  private double gap(double objective, Totals totals, double[] counts, int words, Objective of) {
    if (of.l1() == 0 && of.l2() == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double mixed = 0;
    double[] excess = totals.gradient.biases();
    for (int c = 0; c < counts.length; c++) {
      mixed = Math.max(mixed, excess[c] / (counts[c] + excess[c]));
    }
    // A common distribution less the labels changes no entry of u by more than this.
    double changed = mixed * bound * Math.sqrt((double) loss.rows().rows() / words);
    double entropy = (1 - mixed) * totals.entropy / words;
    double largest = largest(totals.gradient, words) * (1 - mixed) + changed;
    double best = Double.NEGATIVE_INFINITY;
    if (of.l2() == 0) {
      best = Math.min(1, of.l1() / largest) * entropy;
    } else {
      for (double t : SHRUNK) {
        double dual =
            t * entropy - excess(totals.gradient, words, t * (1 - mixed), t * changed, of);
        best = Math.max(best, dual);
      }
    }
    return Math.max(0, objective - best) / objective;
  }

  private static double largest(ClassGradient gradient, int words) {
    return Arrays.stream(gradient.weights())
            .parallel()
            .mapToDouble(
                row -> {
                  float most = 0;
                  for (float value : row) {
                    most = Math.max(most, Math.abs(value));
                  }
                  return most;
                })
            .max()
            .orElse(0)
        / words;
  }

  /** sum max(factor |u| + changed - l1, 0)^2 / (4 l2). */
  private static double excess(
      ClassGradient gradient, int words, double factor, double changed, Objective of) {
    double scale = factor / words;
    double[] rows =
        Arrays.stream(gradient.weights())
            .parallel()
            .mapToDouble(
                row -> {
                  double sum = 0;
                  for (float value : row) {
                    double over = Math.max(0, scale * Math.abs(value) + changed - of.l1());
                    sum += over * over;
                  }
                  return sum;
                })
            .toArray();
    return Arrays.stream(rows).sum() / (4 * of.l2());
  }

  private static double relativeStep(
      double objective, ClassGradient gradient, int words, HeadFit fit) {
    double l1 = fit.objective().l1();
    double squares = 0;
    for (int c = 0; c < fit.classes().size(); c++) {
      float[] weights = fit.classes().get(c).weights;
      float[] sums = gradient.weights()[c];
      for (int d = 0; d < weights.length; d++) {
        double moved =
            weights[d] - (sums[d] / (double) words + 2 * fit.objective().l2() * weights[d]);
        double step = moved - Math.clamp(moved, -l1, l1) - weights[d];
        squares += step * step;
      }
      double bias = gradient.biases()[c] / words;
      squares += bias * bias;
    }
    return Math.sqrt(squares) / Math.max(1, objective);
  }

  /** Passes over the words for one head. */
  private final class Pass {
    private final int size;
    private final int offset;
    private final SoftmaxHeads alone;
    private final ScoreBlocks scores;
    private final double[] counts;

    Pass(SoftmaxHeads heads, int head, ScoreBlocks scores) {
      this.scores = scores;
      size = heads.sizes()[head];
      offset = heads.offset(head);
      alone = heads.only(head);
      counts = new double[size];
      for (int i = 0; i < loss.rows().rows(); i++) {
        int c = alone.classes().getFirst()[i];
        if (c >= 0) {
          counts[c]++;
        }
      }
    }

    private NDArray codes(NDManager local, int first) {
      int count = loss.rows().blockCount(first);
      return local.create(alone.codes(first, count).values(), new Shape(1, count));
    }

    private NDArray scores(NDManager local, int first) {
      return loss.view(local, scores.part(first, offset, size), first, size);
    }

    /** Newton's method on the biases alone; the shift that balances the sums. */
    double[] balance() {
      double[] shift = new double[size];
      for (int i = 0; i < MOST_NEWTON_STEPS; i++) {
        try (NDManager manager = TorchEngine.newManager()) {
          NDArray b = manager.create(floats(shift));
          double[] sums = new double[size];
          double[] second = new double[size * size];
          loss.eachBlock(
              manager,
              (local, x, first) -> {
                NDList results =
                    loss.program()
                        .call(local, "balance", scores(local, first), b, codes(local, first));
                add(results.get(0), sums);
                add(results.get(1), second);
              });
          if (balanced(sums)) {
            break;
          }
          double[] step = newton(manager, sums, second);
          for (int c = 0; c < size; c++) {
            shift[c] += Math.clamp(step[c], -2, 2);
          }
        }
      }
      // What balances is what float32 biases make of it.
      float[] rounded = floats(shift);
      for (int c = 0; c < size; c++) {
        shift[c] = rounded[c];
      }
      return shift;
    }

    private boolean balanced(double[] sums) {
      for (int c = 0; c < size; c++) {
        if (Math.abs(sums[c] - counts[c]) > BALANCED * counts[c]) {
          return false;
        }
      }
      return true;
    }

    private double[] newton(NDManager manager, double[] sums, double[] second) {
      double ridge = 1e-6 * Arrays.stream(sums).sum() / size;
      return loss.program()
          .call(
              manager,
              "newton",
              manager.create(sums),
              manager.create(second, new Shape(size, size)),
              manager.create(counts),
              ridge)
          .singletonOrThrow()
          .toDoubleArray();
    }

    Totals totals(double[] shift) {
      ClassGradient gradient = ClassGradient.of(size, loss.rows().width());
      double[] sums = new double[2];
      try (NDManager manager = TorchEngine.newManager()) {
        NDArray b = manager.create(floats(shift));
        loss.eachBlock(
            manager,
            (local, x, first) -> {
              NDList results =
                  loss.program()
                      .call(local, "certify", x, scores(local, first), b, codes(local, first));
              sums[0] += results.get(0).toDoubleArray()[0];
              sums[1] += results.get(1).toDoubleArray()[0];
              gradient.add(results.get(2), results.get(3), 0);
            });
      }
      return new Totals(sums[0], sums[1], gradient);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static void add(NDArray values, double[] to) {
    double[] more = values.toDoubleArray();
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }
}
