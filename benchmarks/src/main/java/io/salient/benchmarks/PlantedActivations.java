package io.salient.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.salient.lca.ActivationMatrix;
import io.salient.lca.probe.ConceptLabels;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Activations of a checkpoint and of a later one, at BERT-base size: correlated as a model's are
 * (300 factors whose strength falls with their number, and noise), with labels that depend on a few
 * neurons each.
 */
final class PlantedActivations {
  static final int WIDTH = 9_984;
  static final int[] LABELS = {50, 40, 30, 20, 10};
  private static final int FACTORS = 300;
  private static final int CHUNK = 2_000;
  private static final double CARRIERS = 0.005;
  private static final double DRIFT = 0.15;

  private final NDManager manager;
  private final Arena arena;
  private final int words;
  private final NDArray factors;
  private final NDArray loadings;

  PlantedActivations(NDManager manager, Arena arena, int words) {
    this.manager = manager;
    this.arena = arena;
    this.words = words;
    manager.getEngine().setRandomSeed(7);
    try (NDManager local = manager.newSubManager()) {
      NDArray strength = local.arange(1f, FACTORS + 1f).pow(-0.7);
      factors = local.randomNormal(new Shape(words, FACTORS)).mul(strength);
      factors.attach(manager);
      loadings = manager.randomNormal(new Shape(FACTORS, WIDTH));
    }
  }

  /** The first checkpoint. */
  Matrix checkpoint() {
    return matrix(loadings);
  }

  /** A later checkpoint: every neuron has moved a little. */
  Matrix laterCheckpoint() {
    try (NDManager local = manager.newSubManager()) {
      NDArray moved = local.randomNormal(new Shape(FACTORS, WIDTH)).mul(DRIFT).add(loadings);
      return matrix(moved);
    }
  }

  private Matrix matrix(NDArray mixing) {
    MemorySegment values = arena.allocate(4L * words * WIDTH, 64);
    for (int first = 0; first < words; first += CHUNK) {
      int count = Math.min(CHUNK, words - first);
      try (NDManager local = manager.newSubManager()) {
        NDArray z = factors.get(first + ":" + (first + count));
        z.attach(local);
        NDArray x = z.matMul(mixing);
        x.attach(local);
        x = x.add(local.randomNormal(new Shape(count, WIDTH)).mul(0.5));
        TorchEngine.copy(x, values.asSlice(4L * first * WIDTH, 4L * count * WIDTH));
      }
    }
    return new Matrix(values, words);
  }

  /** One concept per entry of LABELS: the label is drawn from a sparse linear model's softmax. */
  List<ConceptLabels> concepts(Matrix x) {
    List<ConceptLabels> concepts = new ArrayList<>();
    for (int labels : LABELS) {
      int[] codes = new int[words];
      try (NDManager local = manager.newSubManager()) {
        NDArray carriers = local.randomUniform(0, 1, new Shape(labels, WIDTH)).lt(CARRIERS);
        NDArray w =
            local
                .randomNormal(new Shape(labels, WIDTH))
                .mul(carriers.toType(DataType.FLOAT32, true));
        draw(local, x, w, labels, codes);
      }
      List<String> names = IntStream.range(0, labels).mapToObj("label%02d"::formatted).toList();
      concepts.add(new ConceptLabels("concept" + labels, names, codes));
    }
    return concepts;
  }

  private void draw(NDManager local, Matrix x, NDArray w, int labels, int[] codes) {
    NDArray weights = w.div(w.square().sum().div(labels).sqrt()).transpose();
    Random random = new Random(labels);
    for (int first = 0; first < words; first += CHUNK) {
      int count = Math.min(CHUNK, words - first);
      try (NDManager block = local.newSubManager()) {
        NDArray rows =
            TorchEngine.view(
                block,
                x.values().asSlice(4L * first * WIDTH, 4L * count * WIDTH),
                new Shape(count, WIDTH));
        NDArray scores = rows.matMul(weights);
        scores.attach(block);
        scores = scores.mul(4).div(scores.square().mean().sqrt());
        float[] logits = scores.toFloatArray();
        for (int i = 0; i < count; i++) {
          codes[first + i] = drawn(logits, i * labels, labels, random);
        }
      }
    }
  }

  /** The greatest score after adding Gumbel noise: a draw from the softmax. */
  private static int drawn(float[] logits, int offset, int labels, Random random) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < labels; c++) {
      double score = logits[offset + c] - Math.log(-Math.log(1 - random.nextDouble()));
      if (score > most) {
        most = score;
        best = c;
      }
    }
    return best;
  }

  /** Rows in native memory. */
  record Matrix(MemorySegment values, int rows) implements ActivationMatrix {
    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public void read(int row, MemorySegment target) {
      MemorySegment.copy(values, 4L * row * WIDTH, target, 0, 4L * WIDTH);
    }
  }
}
