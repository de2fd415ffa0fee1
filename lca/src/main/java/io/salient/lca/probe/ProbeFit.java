package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fits the probes of all concepts of a checkpoint in joint passes: every evaluation is one matrix
 * product for all outputs, yet each concept has an optimiser of its own and leaves the product when
 * it has converged.
 *
 * <p>The train rows are gathered once, standardised, in ascending order, so that the result does
 * not depend on the order in which rows came. Memory on the heap: a few vectors of C x D per
 * concept; the gathered rows lie in the scratch space.
 */
public final class ProbeFit {
  private final ActivationMatrix matrix;
  private final Split split;
  private final FitSettings settings;
  private final ScratchSpace scratch;

  /**
   * A fit on some activations.
   *
   * @param matrix N x D
   * @param split parts of its N words
   * @param scratch space for the gathered train rows
   */
  public ProbeFit(
      ActivationMatrix matrix, Split split, FitSettings settings, ScratchSpace scratch) {
    this.matrix = matrix;
    this.split = split;
    this.settings = settings;
    this.scratch = scratch;
  }

  /**
   * Fits all concepts.
   *
   * @param rows corpus word indices of the rows that are there, ascending
   * @param concepts the labels of all N words
   * @param warm probes to start from, by concept
   * @return one result per concept, in their order
   * @throws FitCancelledException when progress says so
   */
  public List<FitResult> fit(
      int[] rows, List<ConceptLabels> concepts, Map<String, Probe> warm, FitProgress progress) {
    long start = System.nanoTime();
    int[] train = split.rows(Split.Part.TRAIN, rows);
    List<Head> heads = new ArrayList<>();
    for (ConceptLabels labels : concepts) {
      heads.add(new Head(labels, train, matrix.width()));
    }
    List<Head> fitted = heads.stream().filter(head -> head.problem(settings) == null).toList();
    try (ElasticNet net = new ElasticNet()) {
      Standardizer standardizer = null;
      if (!fitted.isEmpty()) {
        standardizer = standardizer(train);
        optimise(net, gather(standardizer, train), train, fitted, warm, progress);
      }
      Answers answers = new Answers(net, matrix, standardizer);
      return new Results(split, settings, rows, answers).of(heads, fitted, start);
    }
  }

  private Standardizer standardizer(int[] train) {
    return settings.standardize()
        ? Standardizer.fit(matrix, train)
        : Standardizer.identity(matrix.width());
  }

  private MemorySegment gather(Standardizer standardizer, int[] train) {
    MemorySegment gathered = scratch.allocate(4L * train.length * matrix.width());
    standardizer.read(matrix, train, gathered);
    return gathered;
  }

  private void optimise(
      ElasticNet net,
      MemorySegment gathered,
      int[] train,
      List<Head> heads,
      Map<String, Probe> warm,
      FitProgress progress) {
    heads.forEach(head -> head.start(warm.get(head.labels().concept()), settings));
    int outputs = heads.stream().mapToInt(Head::classes).sum();
    MemorySegment weights = scratch.allocate(4L * outputs * matrix.width());
    List<Head> active = heads;
    for (int evaluations = 1; !active.isEmpty(); evaluations++) {
      step(net, gathered, train, active, weights);
      active = active.stream().filter(head -> !head.optimiser().finished()).toList();
      if (!progress.goOn(active.size(), evaluations)) {
        throw new FitCancelledException();
      }
    }
  }

  /** One evaluation for all active heads, and one move of each. */
  private void step(
      ElasticNet net,
      MemorySegment gathered,
      int[] train,
      List<Head> active,
      MemorySegment weights) {
    int width = matrix.width();
    ElasticNet.Sums sums =
        net.evaluate(
            gathered,
            train.length,
            width,
            pack(active, weights, width),
            (first, count) -> codes(active, train, first, count));
    int output = 0;
    int[] offsets = new int[active.size()];
    for (int k = 0; k < active.size(); k++) {
      offsets[k] = output;
      output += active.get(k).classes();
    }
    java.util.stream.IntStream.range(0, active.size())
        .parallel()
        .forEach(k -> observe(active.get(k), sums, k, offsets[k], width));
  }

  private static void observe(Head head, ElasticNet.Sums sums, int k, int output, int width) {
    int classes = head.classes();
    float[] gradient = new float[classes * width + classes];
    float scale = 1f / head.words();
    for (int i = 0; i < classes * width; i++) {
      gradient[i] = sums.weightGradient()[output * width + i] * scale;
    }
    for (int c = 0; c < classes; c++) {
      gradient[classes * width + c] = sums.biasGradient()[output + c] * scale;
    }
    head.optimiser().observe(sums.losses()[k] / head.words(), gradient);
  }

  private static long[] codes(List<Head> heads, int[] train, int first, int count) {
    long[] codes = new long[count * heads.size()];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < heads.size(); k++) {
        codes[i * heads.size() + k] = heads.get(k).classOf(train[first + i]);
      }
    }
    return codes;
  }

  /** Writes the points of all heads below one another. */
  static ElasticNet.Heads pack(List<Head> heads, MemorySegment weights, int width) {
    int outputs = heads.stream().mapToInt(Head::classes).sum();
    float[] bias = new float[outputs];
    long[] sizes = new long[heads.size()];
    int output = 0;
    for (int k = 0; k < heads.size(); k++) {
      float[] point = heads.get(k).optimiser().point();
      int classes = heads.get(k).classes();
      MemorySegment.copy(
          point, 0, weights, ValueLayout.JAVA_FLOAT, 4L * output * width, classes * width);
      System.arraycopy(point, classes * width, bias, output, classes);
      sizes[k] = classes;
      output += classes;
    }
    return new ElasticNet.Heads(weights.asSlice(0, 4L * outputs * width), bias, sizes);
  }
}
