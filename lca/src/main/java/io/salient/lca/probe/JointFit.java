package io.salient.lca.probe;

import io.salient.lca.ScratchSlices;
import io.salient.lca.ScratchSpace;
import io.salient.lca.probe.optimiser.ElasticNetFit;
import io.salient.lca.probe.optimiser.Objective;
import io.salient.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Moves all heads of a fit to their optima in joint passes over the same words. */
final class JointFit {
  /**
   * A row of more neurons is best read once for all heads: on 2,688 neurons lanes save a tenth of a
   * fit's time, on 640 three tenths, on 9,984 nothing, and controls take longer.
   */
  private static final int WIDEST_IN_LANES = 4_096;

  private JointFit() {}

  /**
   * Fits on {@link FitLanes}, each with some of the heads, where that ends sooner: it costs a
   * second pass over the words and saves what the processors wait for each other.
   *
   * @param heads set out; each gets its solution
   */
  static void inLanes(TrainWords words, List<Head> heads, ScratchSpace scratch, Watch watch) {
    List<List<Head>> groups = groups(heads, words.rows().width());
    if (groups.size() == 1) {
      run(words, heads, scratch, watch);
      return;
    }
    List<ScratchSpace> spaces =
        groups.stream().map(group -> space(scratch, bytes(group, words.words().length))).toList();
    FitLanes.run(
        groups.size(),
        watch,
        (number, lane, own) -> {
          run(words, groups.get(number), spaces.get(number), own);
          return groups.get(number);
        },
        (number, ended) -> {});
  }

  private static ScratchSpace space(ScratchSpace scratch, long bytes) {
    return new ScratchSlices(scratch.allocate(bytes));
  }

  /** As alike in classes as can be. */
  private static List<List<Head>> groups(List<Head> heads, int width) {
    boolean lanes = width <= WIDEST_IN_LANES && heads.size() > 1 && TorchEngine.threads() > 1;
    List<List<Head>> groups =
        Stream.<List<Head>>generate(ArrayList::new).limit(lanes ? FitLanes.LANES : 1).toList();
    heads.stream()
        .sorted(Comparator.comparingInt(Head::classes).reversed())
        .forEach(
            head ->
                groups.stream()
                    .min(Comparator.comparingInt(JointFit::classes))
                    .orElseThrow()
                    .add(head));
    return groups;
  }

  private static int classes(List<Head> heads) {
    return heads.stream().mapToInt(Head::classes).sum();
  }

  /**
   * Fits on this thread, all heads together.
   *
   * @param heads set out; each gets its solution
   */
  static void run(TrainWords words, List<Head> heads, ScratchSpace scratch, Watch watch) {
    long start = System.nanoTime();
    List<ElasticNetFit.Solution> solutions =
        ElasticNetFit.of(
            words.rows(),
            heads.stream().map(head -> head(head, words.words())).toList(),
            words.bound(),
            scratch,
            done -> watch.report(FitProgress.Phase.FIT, done));
    double seconds = (System.nanoTime() - start) / 1e9;
    for (int k = 0; k < heads.size(); k++) {
      heads.get(k).end(solutions.get(k), seconds);
    }
  }

  /** Bytes of scratch space that {@link #inLanes} takes at most, in one piece. */
  static long scratchBytes(List<Head> heads, int words, int width) {
    return groups(heads, width).stream().mapToLong(group -> bytes(group, words)).sum();
  }

  private static long bytes(List<Head> heads, int words) {
    return ElasticNetFit.scratchBytes(classes(heads), words);
  }

  private static ElasticNetFit.Head head(Head head, int[] words) {
    FitSettings settings = head.settings();
    return new ElasticNetFit.Head(
        head.classesOf(words),
        head.startWeights(),
        head.startBias(),
        head.warm(),
        new Objective(settings.l1(), settings.l2(), settings.penalty()),
        head.goal());
  }
}
