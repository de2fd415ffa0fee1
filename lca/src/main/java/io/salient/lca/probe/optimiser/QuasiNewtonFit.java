package io.salient.lca.probe.optimiser;

import io.salient.lca.ScratchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Heads that OWL-QN brings to their goal, each by its own line search, in joint evaluations. Where
 * a bound of the gap is known, OWL-QN's own measure, its relative step, is tightened until the gap
 * is proved.
 */
final class QuasiNewtonFit {
  private final SoftmaxLoss loss;
  private final DualityGap gap;
  private final Supplier<ScratchSpace> scratch;
  private final Runnable tick;

  QuasiNewtonFit(SoftmaxLoss loss, double bound, Supplier<ScratchSpace> scratch, Runnable tick) {
    this.loss = loss;
    this.gap = new DualityGap(loss, bound);
    this.scratch = scratch;
    this.tick = tick;
  }

  void run(SoftmaxHeads heads, List<HeadFit> fits) {
    List<OwlQn> optimisers = fits.stream().map(QuasiNewtonFit::optimiser).toList();
    for (int[] active = unproved(fits); active.length > 0; active = unproved(fits)) {
      evaluate(heads, fits, optimisers, active);
      for (int k : active) {
        if (optimisers.get(k).finished()) {
          end(heads, k, fits.get(k), optimisers.get(k));
        }
      }
      tick.run();
    }
  }

  private static OwlQn optimiser(HeadFit fit) {
    int width = fit.classes().getFirst().weights.length;
    return new OwlQn(
        fit.point(),
        fit.classes().size() * width,
        fit.objective(),
        fit.goal().tolerance(),
        Math.max(1, fit.goal().maxEvaluations() - fit.evaluations()));
  }

  private static int[] unproved(List<HeadFit> fits) {
    return IntStream.range(0, fits.size()).filter(k -> fits.get(k).certificate() == null).toArray();
  }

  private void evaluate(
      SoftmaxHeads heads, List<HeadFit> fits, List<OwlQn> optimisers, int[] active) {
    List<float[]> points = new ArrayList<>();
    for (int k : active) {
      points.add(optimisers.get(k).point());
    }
    List<SoftmaxLoss.Sums> sums = loss.evaluate(heads.only(active), points);
    for (int i = 0; i < active.length; i++) {
      int words = Math.max(1, heads.words(active[i], loss.rows().rows()));
      optimisers.get(active[i]).observe(sums.get(i), words);
      fits.get(active[i]).count(1);
    }
  }

  private void end(SoftmaxHeads heads, int k, HeadFit fit, OwlQn optimiser) {
    fit.moveTo(optimiser.point());
    Objective of = fit.objective();
    boolean bounded = of.penalty() == Penalty.ELASTIC_NET && (of.l1() > 0 || of.l2() > 0);
    if (!bounded || !optimiser.finite()) {
      fit.end(optimiser.certificate(fit.evaluations()), optimiser.gradient(fit.classes().size()));
      return;
    }
    DualityGap.Proof proof = prove(heads.only(k), fit);
    if (!proof.certificate().converged() && optimiser.canGoOn()) {
      optimiser.goOn(optimiser.tolerance() / 3);
    } else {
      fit.shift(proof.biasShift());
      fit.end(proof.certificate(), proof.gradient());
    }
  }

  private DualityGap.Proof prove(SoftmaxHeads alone, HeadFit fit) {
    int classes = alone.outputs();
    ScoreBlocks scores = new ScoreBlocks(loss.rows(), classes, scratch.get());
    loss.scores(fit.classes().stream().map(row -> row.weights).toList(), fit.biases(), scores);
    fit.count(1);
    return gap.prove(alone, 0, scores, fit);
  }
}
