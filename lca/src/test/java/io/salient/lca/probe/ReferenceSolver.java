package io.salient.lca.probe;

import io.salient.lca.Split;
import io.salient.lca.probe.optimiser.Penalty;

/**
 * The same objective minimised by another method (FISTA with a fixed step, Beck and Teboulle 2009)
 * in plain double arithmetic: slow, simple, independent.
 */
final class ReferenceSolver {
  private final double[][] x;
  private final int[] y;
  private final int classes;
  private final double l1;
  private final double l2;

  private final Penalty penalty;

  ReferenceSolver(PlantedData data, double l1, double l2) {
    this(data, l1, l2, Penalty.ELASTIC_NET);
  }

  ReferenceSolver(PlantedData data, double l1, double l2, Penalty penalty) {
    this.penalty = penalty;
    int[] train = data.split().rowsOf(Split.TRAIN, data.rows());
    x = standardised(data, train);
    y = java.util.Arrays.stream(train).map(row -> data.labels().codes()[row]).toArray();
    classes = data.labels().labels().size();
    this.l1 = l1;
    this.l2 = l2;
  }

  private static double[][] standardised(PlantedData data, int[] train) {
    int width = data.matrix().width();
    double[][] x = new double[train.length][width];
    for (int d = 0; d < width; d++) {
      double mean = 0;
      for (int row : train) {
        mean += data.matrix().values()[row][d] / (double) train.length;
      }
      double variance = 0;
      for (int row : train) {
        variance += Math.pow(data.matrix().values()[row][d] - mean, 2) / train.length;
      }
      for (int i = 0; i < train.length; i++) {
        x[i][d] = (data.matrix().values()[train[i]][d] - mean) / Math.sqrt(variance);
      }
    }
    return x;
  }

  /** Standardised train words. */
  double[][] words() {
    return x;
  }

  /** Their classes. */
  int[] classes() {
    return y;
  }

  /** Minimum of the objective, to many digits. */
  double minimum(int iterations) {
    int width = x[0].length + 1;
    double lipschitz = 0.5 * width + 2 * l2; // of columns with unit variance, at most
    double[][] w = new double[classes][width];
    double[][] v = new double[classes][width];
    double t = 1;
    for (int k = 0; k < iterations; k++) {
      double[][] gradient = gradient(v);
      double[][] next = new double[classes][width];
      double nextT = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
      for (int c = 0; c < classes; c++) {
        for (int d = 0; d < width; d++) {
          double moved = v[c][d] - gradient[c][d] / lipschitz;
          double threshold = d < width - 1 ? l1 / lipschitz : 0;
          next[c][d] = Math.signum(moved) * Math.max(0, Math.abs(moved) - threshold);
        }
      }
      if (penalty == Penalty.NEUROX) {
        shrinkTogether(next, l2 / lipschitz);
      }
      for (int c = 0; c < classes; c++) {
        for (int d = 0; d < width; d++) {
          v[c][d] = next[c][d] + (t - 1) / nextT * (next[c][d] - w[c][d]);
        }
      }
      w = next;
      t = nextT;
    }
    return objective(w);
  }

  /** The proximal step of the norm: all weights as one vector become shorter. */
  private static void shrinkTogether(double[][] w, double by) {
    double length = Math.sqrt(squares(w));
    double factor = length > by ? 1 - by / length : 0;
    for (double[] row : w) {
      for (int d = 0; d < row.length - 1; d++) {
        row[d] *= factor;
      }
    }
  }

  private static double squares(double[][] w) {
    double sum = 0;
    for (double[] row : w) {
      for (int d = 0; d < row.length - 1; d++) {
        sum += row[d] * row[d];
      }
    }
    return sum;
  }

  /** The least l2 at which NeuroX's objective keeps all weights at zero. */
  double leastL2ForZero() {
    double[][] w = new double[classes][x[0].length + 1];
    double[] counts = new double[classes];
    for (int c : y) {
      counts[c]++;
    }
    for (int c = 0; c < classes; c++) {
      w[c][x[0].length] = Math.log(counts[c] / y.length);
    }
    double[][] gradient = gradient(w);
    for (double[] row : gradient) {
      for (int d = 0; d < row.length; d++) {
        row[d] = Math.signum(row[d]) * Math.max(0, Math.abs(row[d]) - l1);
      }
    }
    return Math.sqrt(squares(gradient));
  }

  double objective(double[][] w) {
    double sum = penalty == Penalty.NEUROX ? l2 * Math.sqrt(squares(w)) : l2 * squares(w);
    for (int i = 0; i < x.length; i++) {
      sum -= Math.log(softmax(w, i)[y[i]]) / x.length;
    }
    for (double[] row : w) {
      for (int d = 0; d < row.length - 1; d++) {
        sum += l1 * Math.abs(row[d]);
      }
    }
    return sum;
  }

  double[][] gradient(double[][] w) {
    int width = x[0].length;
    double[][] gradient = new double[classes][width + 1];
    for (int i = 0; i < x.length; i++) {
      double[] p = softmax(w, i);
      p[y[i]] -= 1;
      for (int c = 0; c < classes; c++) {
        for (int d = 0; d < width; d++) {
          gradient[c][d] += p[c] * x[i][d] / x.length;
        }
        gradient[c][width] += p[c] / x.length;
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int d = 0; d < width; d++) {
        gradient[c][d] += penalty == Penalty.NEUROX ? 0 : 2 * l2 * w[c][d];
      }
    }
    return gradient;
  }

  private double[] softmax(double[][] w, int i) {
    double[] p = new double[classes];
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      p[c] = w[c][x[i].length];
      for (int d = 0; d < x[i].length; d++) {
        p[c] += w[c][d] * x[i][d];
      }
      most = Math.max(most, p[c]);
    }
    double total = 0;
    for (int c = 0; c < classes; c++) {
      p[c] = Math.exp(p[c] - most);
      total += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= total;
    }
    return p;
  }
}
