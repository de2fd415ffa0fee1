package io.salient.lca.probe.optimiser;

import java.util.stream.IntStream;

/**
 * Operations on vectors of millions of floats, on all processors. Work is cut into pieces of a
 * fixed size and partial sums are added in the order of the pieces, so that results have the same
 * bits on any number of threads.
 */
final class Vectors {
  private static final int PIECE = 1 << 15;

  private Vectors() {}

  /** Something done to the elements from..to-1. */
  @FunctionalInterface
  interface Piece {
    void run(int from, int to);
  }

  /** A sum over the elements from..to-1. */
  @FunctionalInterface
  interface PieceSum {
    double of(int from, int to);
  }

  static void each(int length, Piece piece) {
    pieces(length).forEach(p -> piece.run(p * PIECE, end(p, length)));
  }

  static double sum(int length, PieceSum piece) {
    double[] sums = new double[count(length)];
    pieces(length).forEach(p -> sums[p] = piece.of(p * PIECE, end(p, length)));
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  private static IntStream pieces(int length) {
    IntStream pieces = IntStream.range(0, count(length));
    return length > 4 * PIECE ? pieces.parallel() : pieces;
  }

  private static int count(int length) {
    return Math.ceilDiv(length, PIECE);
  }

  /** The end of the last piece may lie beyond what an int holds. */
  private static int end(int piece, int length) {
    return (int) Math.min(length, (piece + 1L) * PIECE);
  }

  static double dot(float[] x, float[] y) {
    return sum(x.length, (from, to) -> dot(x, y, from, to));
  }

  /** y += factor x. */
  static void add(float[] y, double factor, float[] x) {
    float f = (float) factor;
    each(
        y.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            y[i] += f * x[i];
          }
        });
  }

  /** x *= factor. */
  static void scale(float[] x, double factor) {
    float f = (float) factor;
    each(
        x.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            x[i] *= f;
          }
        });
  }

  /** Eight partial sums, which the processor adds side by side. */
  private static double dot(float[] x, float[] y, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    int i = from;
    for (; i + 7 < to; i += 8) {
      a += (double) x[i] * y[i];
      b += (double) x[i + 1] * y[i + 1];
      c += (double) x[i + 2] * y[i + 2];
      d += (double) x[i + 3] * y[i + 3];
      e += (double) x[i + 4] * y[i + 4];
      f += (double) x[i + 5] * y[i + 5];
      g += (double) x[i + 6] * y[i + 6];
      h += (double) x[i + 7] * y[i + 7];
    }
    for (; i < to; i++) {
      a += (double) x[i] * y[i];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }
}
