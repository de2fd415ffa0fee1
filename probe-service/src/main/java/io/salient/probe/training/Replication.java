package io.salient.probe.training;

import io.salient.lca.LayerMap;
import io.salient.lca.ScratchSpace;
import io.salient.lca.drift.HalfRanking;
import io.salient.lca.drift.ReplicateSimilarity;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.SentenceHalves;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fits every concept again on halves of the train sentences and keeps what is needed to tell drift
 * from noise: of split 0 the first neurons of both rankings, which other checkpoints are compared
 * with; of each further split, at the baseline only, how alike its halves are.
 */
final class Replication {
  /** Neurons that a record lists at most, over all labels and both halves. */
  private static final int MOST_NEURONS = 150_000;

  /**
   * Evaluations of a half's fit at most: it sets out from the probe of all sentences, and both
   * sides of every comparison stop alike.
   */
  private static final int MOST_EVALUATIONS = 100;

  /** Null similarities of labels that a record holds at most. */
  private static final int MOST_SIMILARITIES = 50_000;

  private final FitSettings settings;
  private final int replicates;

  /**
   * A replication.
   *
   * @param replicates splits beside split 0 at a baseline; 0 for no replication at all
   */
  Replication(FitSettings settings, int replicates) {
    this.settings =
        settings.withEnd(
            settings.tolerance(), Math.min(MOST_EVALUATIONS, settings.maxEvaluations()));
    this.replicates = replicates;
  }

  /**
   * By concept, what came of it.
   *
   * @param fitted labels of the concepts that have final probes, in the order of these
   */
  Map<String, Replicates> of(
      FitJob job,
      EvaluationData data,
      List<ConceptLabels> fitted,
      ScratchSpace scratch,
      FitProgress progress) {
    if (replicates == 0) {
      return Map.of();
    }
    List<Halves> halves = new ArrayList<>();
    for (FitResult.Fitted result : job.finals()) {
      halves.add(new Halves(result, data.layers()));
    }
    int splits = job.measuresNulls() ? 1 + replicates : 1;
    Pairs pairs = new Pairs(splits * fitted.size(), progress);
    List<Optional<String>> problems =
        ReplicateFits.fit(
            data.matrix(),
            data.rows(),
            data.split(),
            SentenceHalves.of(data.sentenceStarts(), data.matrix().rows()),
            fitted,
            splits,
            settings.forHalves(),
            scratch,
            pairs,
            (number, concept, first, second) -> {
              halves.get(concept).take(number, first.probe(), second.probe());
              pairs.next();
            });
    Map<String, Replicates> of = new HashMap<>();
    for (int i = 0; i < fitted.size(); i++) {
      of.put(fitted.get(i).concept(), halves.get(i).replicates(problems.get(i)));
    }
    return of;
  }

  /** Progress over all pairs of fits, of which several may run in one joint fit after another. */
  private static final class Pairs implements FitProgress {
    private final int all;
    private final FitProgress outer;
    private int done;

    Pairs(int all, FitProgress outer) {
      this.all = Math.max(1, all);
      this.outer = outer;
    }

    void next() {
      done++;
    }

    /** Before the first pair is done it is not known how many run together: all, most often. */
    @Override
    public boolean report(Phase phase, double fraction) {
      double share = done == 0 ? fraction : (double) done / all;
      return outer.report(phase, phase == Phase.FIT ? Math.min(1, share) : fraction);
    }
  }

  /** What is kept of one concept's fits as they come. */
  private final class Halves {
    private final LayerMap map;
    private final int k;
    private final int[] counts;
    private final int minLabelCount;
    private final List<HalfRanking> ofSplit0 = new ArrayList<>();
    private final List<ReplicateSimilarity> nulls = new ArrayList<>();

    Halves(FitResult.Fitted full, LayerMap map) {
      this.map = map;
      this.k = HalfRanking.depth(map.width());
      counts = full.evaluation().labels().stream().mapToInt(LabelScore::trainCount).toArray();
      minLabelCount = settings.minLabelCount();
    }

    void take(int split, Probe first, Probe second) {
      HalfRanking a = HalfRanking.of(first, counts, minLabelCount, k);
      HalfRanking b = HalfRanking.of(second, counts, minLabelCount, k);
      if (split == 0) {
        ofSplit0.add(kept(a));
        ofSplit0.add(kept(b));
      } else {
        nulls.add(kept(ReplicateSimilarity.between(a, b, map, k)));
      }
    }

    /** Records have a bound: with very many labels only the ranking over all of them is kept. */
    private HalfRanking kept(HalfRanking ranking) {
      return withLabels() ? ranking : new HalfRanking(ranking.overall(), new int[counts.length][]);
    }

    private ReplicateSimilarity kept(ReplicateSimilarity similarity) {
      return withLabels()
          ? similarity
          : new ReplicateSimilarity(
              similarity.overall(), new ReplicateSimilarity.Likeness[counts.length]);
    }

    private boolean withLabels() {
      return 2L * k * counts.length <= MOST_NEURONS
          && (long) replicates * counts.length <= MOST_SIMILARITIES;
    }

    Replicates replicates(Optional<String> problem) {
      return new Replicates(k, ofSplit0, nulls, problem.orElse(""));
    }
  }
}
