package io.salient.lca.probe.optimiser;

import io.salient.lca.Standardizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One head over a few standardised words, for tests. */
record SmallProblem(float[][] values, int[] classes) {
  /** Standardises columns. */
  static SmallProblem of(float[][] values, int[] classes) {
    int[] rows = IntStream.range(0, values.length).toArray();
    io.salient.lca.ArrayMatrix matrix = new io.salient.lca.ArrayMatrix(values);
    Standardizer standardizer = Standardizer.fit(matrix, rows);
    float[][] standardised = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      standardised[i] = new float[values[i].length];
      for (int d = 0; d < values[i].length; d++) {
        standardised[i][d] =
            (float) ((values[i][d] - standardizer.mean()[d]) * standardizer.inverseDeviation()[d]);
      }
    }
    return new SmallProblem(standardised, classes);
  }

  int size() {
    return Arrays.stream(classes).max().orElseThrow() + 1;
  }

  int width() {
    return values[0].length;
  }

  TrainRows rows(Arena arena) {
    MemorySegment memory = arena.allocate(4L * values.length * width(), 64);
    for (int i = 0; i < values.length; i++) {
      MemorySegment.copy(values[i], 0, memory, ValueLayout.JAVA_FLOAT, 4L * i * width(), width());
    }
    return new TrainRows(memory, values.length, width());
  }

  ElasticNetFit.Head head(Objective objective, Goal goal) {
    float[] bias = new float[size()];
    for (int c = 0; c < bias.length; c++) {
      int of = c;
      double share = Arrays.stream(classes).filter(k -> k == of).count();
      bias[c] = (float) Math.log(share / Arrays.stream(classes).filter(k -> k >= 0).count());
    }
    return new ElasticNetFit.Head(
        classes, new float[size()][width()], bias, false, objective, goal);
  }

  ElasticNetFit.Solution fit(Objective objective, Goal goal) {
    return fit(head(objective, goal));
  }

  ElasticNetFit.Solution fit(ElasticNetFit.Head head) {
    try (Arena arena = Arena.ofShared()) {
      return ElasticNetFit.of(
              rows(arena), List.of(head), 1, bytes -> arena.allocate(bytes, 64), done -> {})
          .getFirst();
    }
  }

  /** The least objective that OWL-QN finds in very many steps. */
  double minimum(Objective objective) {
    try (Arena arena = Arena.ofShared();
        SoftmaxLoss loss = new SoftmaxLoss(rows(arena))) {
      SoftmaxHeads heads = new SoftmaxHeads(new int[] {size()}, List.of(classes));
      OwlQn optimiser =
          new OwlQn(new float[size() * (width() + 1)], size() * width(), objective, 1e-5, 3_000);
      int words = heads.words(0, values.length);
      while (!optimiser.finished()) {
        optimiser.observe(loss.evaluate(heads, List.of(optimiser.point())).getFirst(), words);
      }
      return optimiser.certificate(0).objective();
    }
  }
}
