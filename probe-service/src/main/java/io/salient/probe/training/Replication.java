package io.salient.probe.training;

import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.drift.HalfRanking;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.ReplicateFits.Half;
import io.salient.lca.probe.SentenceHalves;
import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.RankingMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Fits every concept again on both halves of the same random splits of the train sentences, at
 * every checkpoint, and keeps what is needed to tell drift from noise: the first neurons of each
 * half's ranking and how near the optimum its fit ended.
 */
final class Replication {
  private final FitSettings settings;
  private final int splits;

  /**
   * A replication.
   *
   * @param settings of the fits of all words; what halves are ranked by, the job says
   * @param splits how many; 0 for no replication at all
   */
  Replication(FitSettings settings, int splits) {
    this.settings = settings;
    this.splits = splits;
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
    if (splits == 0) {
      return Map.of();
    }
    SentenceHalves sentences = SentenceHalves.of(data.sentences());
    int smallest = smallest(sentences, data.split().rowsOf(Split.TRAIN, data.rows()));
    int k = HalfRanking.depth(data.layers().width());
    List<Halves> halves =
        job.finals().stream().map(result -> new Halves(result, job.method(), k, smallest)).toList();
    List<Optional<String>> problems =
        ReplicateFits.fit(
            data.matrix(),
            data.rows(),
            data.split(),
            sentences,
            fitted,
            splits,
            settings.withMethod(job.method()).forHalves(),
            scratch,
            progress,
            (number, concept, first, second) -> halves.get(concept).take(first, second));
    Map<String, Replicates> of = new HashMap<>();
    for (int i = 0; i < fitted.size(); i++) {
      of.put(fitted.get(i).concept(), halves.get(i).replicates(problems.get(i)));
    }
    return of;
  }

  private int smallest(SentenceHalves halves, int[] train) {
    return IntStream.range(0, 2 * splits)
        .map(half -> halves.sentences(train, half / 2, half % 2 == 0))
        .min()
        .orElse(0);
  }

  /** What is kept of one concept's fits as they come. */
  private final class Halves {
    private final RankingMethod method;
    private final int k;
    private final int sentences;
    private final int[] counts;
    private final List<Replicates.Pair> pairs = new ArrayList<>();
    private String notFinite = "";

    Halves(FitResult.Fitted full, RankingMethod method, int k, int sentences) {
      this.method = method;
      this.k = k;
      this.sentences = sentences;
      counts = full.evaluation().labels().stream().mapToInt(LabelScore::trainCount).toArray();
    }

    void take(Half first, Half second) {
      if (!isFinite(first) || !isFinite(second)) {
        notFinite = "the objective of a half is not finite: activations are too large to fit";
        return;
      }
      boolean bounded = isBounded(first) && isBounded(second);
      double gap = Math.max(first.certificate().gap(), second.certificate().gap());
      pairs.add(
          new Replicates.Pair(
              ranking(first),
              ranking(second),
              bounded ? OptionalDouble.of(gap) : OptionalDouble.empty(),
              first.certificate().converged() && second.certificate().converged()));
    }

    private HalfRanking ranking(Half half) {
      ProbeRanker ranker = new ProbeRanker(method, settings.minLabelCount());
      return HalfRanking.of(ranker, half.probe(), half.neurons(), counts, k);
    }

    private static boolean isFinite(Half half) {
      return Double.isFinite(half.certificate().objective());
    }

    private static boolean isBounded(Half half) {
      return Double.isFinite(half.certificate().gap());
    }

    Replicates replicates(Optional<String> problem) {
      String why = problem.orElse(notFinite);
      return new Replicates(method, k, sentences, why.isEmpty() ? pairs : List.of(), why);
    }
  }
}
