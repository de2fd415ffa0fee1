package io.salient.probe.training;

import io.salient.lca.evaluation.CheckpointEvaluation;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.evaluation.LambdaSearch;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.matrix.MappedScratch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is asked of a checkpoint's final probes beyond accuracy and noise.
 *
 * @param fit settings of the fits
 * @param evaluations what probes are put to
 * @param rankings agreement of methods and chosen neurons
 * @param lambdaSearch whether penalties are searched
 * @param clustering of neurons
 */
public record EvaluationTier(
    FitSettings fit,
    EvaluationSettings evaluations,
    MethodRankings rankings,
    boolean lambdaSearch,
    Clustering clustering) {

  /** True when there is anything to do. */
  public boolean asked() {
    return work().parts() > 0;
  }

  /** What there is to do, each part 0 or 1. */
  private record Work(int evaluations, int rankings, int clusters, int lambdas) {
    int parts() {
      return evaluations + rankings + clusters + lambdas;
    }
  }

  /** The same for a checkpoint whose neurons were ranked by another method. */
  EvaluationTier rankedBy(RankingMethod method) {
    return new EvaluationTier(
        fit.withMethod(method), evaluations, rankings.rankedBy(method), lambdaSearch, clustering);
  }

  private Work work() {
    boolean probes = rankings.method().needsProbe();
    return new Work(
        probes && evaluations.work() > 0 ? 1 : 0,
        rankings.asked() ? 1 : 0,
        clustering.threshold().isPresent() ? 1 : 0,
        probes && lambdaSearch ? 1 : 0);
  }

  /**
   * Evaluates.
   *
   * @param labels of the concepts that have final results, in the order of these
   */
  FitOutcome.Evaluated of(
      FitJob job,
      EvaluationData data,
      List<ConceptLabels> labels,
      MappedScratch scratch,
      FitProgress progress) {
    Work work = work();
    long start = System.nanoTime();
    Parts parts = new Parts(work.parts(), progress);
    CheckpointEvaluation.Result findings =
        work.evaluations() == 1
            ? CheckpointEvaluation.of(
                data, labels, job.finals(), fit, evaluations, scratch, parts.next())
            : CheckpointEvaluation.Result.NONE;
    Map<String, FitOutcome.Ranked> ranked =
        work.rankings() == 1
            ? rankings.of(data, labels, job.finals(), scratch, parts.next())
            : Map.of();
    Optional<Clustering.Clusters> clusters =
        clustering.of(data, work.clusters() == 1 ? parts.next() : progress);
    Map<String, List<LambdaSearch.Cell>> lambdas =
        work.lambdas() == 1 ? LambdaSearch.run(data, labels, fit, scratch, parts.next()) : Map.of();
    return new FitOutcome.Evaluated(
        job, findings, ranked, clusters, lambdas, (System.nanoTime() - start) / 1e9);
  }

  /** Progress of parts that are done one after the other, each with an equal share. */
  private static final class Parts {
    private final int all;
    private final FitProgress outer;
    private int begun;

    Parts(int all, FitProgress outer) {
      this.all = Math.max(1, all);
      this.outer = outer;
    }

    FitProgress next() {
      int before = begun++;
      return (phase, fraction) ->
          outer.report(
              FitProgress.Phase.ANALYSE,
              (before + (phase == FitProgress.Phase.ANALYSE ? fraction : 0)) / all);
    }
  }
}
