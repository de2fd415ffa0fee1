package io.salient.probe.training;

import io.salient.lca.Split;
import io.salient.lca.evaluation.CheckpointEvaluation;
import io.salient.lca.evaluation.ControlTask;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.evaluation.LambdaSearch;
import io.salient.lca.probe.ClassificationReport;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.probe.Transfer;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.matrix.BlockRows;
import io.salient.probe.matrix.MappedScratch;
import io.salient.probe.matrix.MatrixFile;
import io.salient.probe.matrix.MatrixRebuild;
import io.salient.probe.training.FitOutcome.LabelCount;
import io.salient.schemas.avro.ConceptInfo;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * One job, start to end: verify or rebuild the matrix, fit, evaluate what is final, apply the
 * baseline's probes.
 */
public final class CheckpointFitting {
  private final FitSettings settings;
  private final EvaluationSettings evaluations;
  private final MethodRankings rankings;
  private final RankingMethod method;
  private final boolean lambdaSearch;
  private final Replication replication;
  private final Clustering clustering;
  private final EarlyWarnings early;
  private final MatrixRebuild rebuild;

  /** Fits and evaluates with these settings, without replicates. */
  public CheckpointFitting(
      FitSettings settings, EvaluationSettings evaluations, MatrixRebuild rebuild) {
    this(
        settings,
        evaluations,
        MethodRankings.none(RankingMethod.LCA, settings),
        false,
        0,
        Clustering.NONE,
        rebuild);
  }

  /**
   * Fits and evaluates, or ranks without a probe.
   *
   * @param rankings what neurons are ranked by, and what else is made of that
   * @param lambdaSearch whether final fits are followed by a search over the penalties
   * @param replicates splits whose halves are fitted again at a baseline, to measure noise
   * @param clustering of the neurons of final checkpoints
   */
  public CheckpointFitting(
      FitSettings settings,
      EvaluationSettings evaluations,
      MethodRankings rankings,
      boolean lambdaSearch,
      int replicates,
      Clustering clustering,
      MatrixRebuild rebuild) {
    this.settings = settings;
    this.rankings = rankings;
    this.method = rankings.method();
    this.lambdaSearch = lambdaSearch;
    this.evaluations = evaluations;
    this.replication = new Replication(settings, replicates);
    this.clustering = clustering;
    this.early = new EarlyWarnings(settings);
    this.rebuild = rebuild;
  }

  /**
   * Does a job.
   *
   * @param progress may cancel
   */
  FitOutcome run(FitJob job, FitProgress progress) {
    try (MatrixFile matrix = rebuild.open(job.file(), job.key(), job.started());
        MappedScratch scratch = new MappedScratch(job.file().resolveSibling("scratch"))) {
      // A file that was made just now holds nothing, whatever is known of the one before it.
      if ((!job.checked() || matrix.fresh()) && !restored(job, matrix, progress)) {
        return new FitOutcome.Lost(job);
      }
      return fit(job, matrix, scratch, progress);
    }
  }

  /**
   * True when every row that was taken in is in the file, after a second reading of the log where
   * it is not.
   */
  private boolean restored(FitJob job, MatrixFile matrix, FitProgress progress) {
    BitSet missing = matrix.torn(job.rows());
    if (missing.isEmpty()) {
      return true;
    }
    BlockRows rows = new BlockRows(job.started());
    rebuild.read(
        job.log().partition(),
        job.log().first(),
        job.log().last(),
        record -> rows.writeIfOf(record.value(), matrix, missing),
        () -> goOn(progress));
    return matrix.torn(job.rows()).isEmpty();
  }

  private static void goOn(FitProgress progress) {
    if (!progress.report(FitProgress.Phase.GATHER, 0)) {
      throw new CancellationException();
    }
  }

  private FitOutcome fit(
      FitJob job, MatrixFile matrix, MappedScratch scratch, FitProgress progress) {
    EvaluationData data = data(job, matrix);
    List<ConceptLabels> labels =
        job.concepts().stream().map(concept -> labels(job, matrix, data.rows(), concept)).toList();
    if (job.kind() == FitJob.Kind.EARLY) {
      return early(job, data, labels, progress);
    }
    if (job.kind() == FitJob.Kind.FINAL) {
      early.forget(job.key());
    }
    if (!method.needsProbe()) {
      return scored(job, data, labels, scratch, progress);
    }
    boolean isFinal = job.kind() == FitJob.Kind.FINAL;
    List<ConceptLabels> controls =
        isFinal ? CheckpointEvaluation.controls(labels, data, evaluations) : List.of();
    long start = System.nanoTime();
    List<FitResult> results =
        job.kind() == FitJob.Kind.TRANSFER
            ? List.of()
            : ProbeFit.fit(
                matrix,
                data.rows(),
                data.split(),
                labels,
                controls,
                job.warm(),
                settings,
                scratch,
                progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    CheckpointEvaluation.Result evaluation =
        isFinal
            ? CheckpointEvaluation.of(
                data, labels, results, seconds, settings, evaluations, scratch, progress)
            : CheckpointEvaluation.Result.NONE;
    List<FitResult> published =
        results.stream().filter(result -> !ControlTask.is(result.concept())).toList();
    return new FitOutcome.Fitted(
        job,
        published,
        counts(published, labels, data.split()),
        transfer(job, data, labels),
        isFinal ? replication.of(job, data, labels, published, scratch, progress) : Map.of(),
        evaluation,
        rankings.of(job, data, labels, published, scratch, progress),
        clustering.of(job, data, progress),
        isFinal && lambdaSearch
            ? LambdaSearch.run(data, labels, settings, scratch, progress)
            : Map.of(),
        seconds);
  }

  private FitOutcome early(
      FitJob job, EvaluationData data, List<ConceptLabels> labels, FitProgress progress) {
    long start = System.nanoTime();
    return new FitOutcome.Early(
        job,
        early.of(job, data.matrix(), data.rows(), data.split(), labels, progress),
        data.layers(),
        (System.nanoTime() - start) / 1e9);
  }

  /** No probe, and so nothing to evaluate or to apply to other activations. */
  private FitOutcome scored(
      FitJob job,
      EvaluationData data,
      List<ConceptLabels> labels,
      MappedScratch scratch,
      FitProgress progress) {
    long start = System.nanoTime();
    List<FitResult> results =
        job.kind() == FitJob.Kind.TRANSFER
            ? List.of()
            : new MethodScoring(method, settings)
                .of(data.matrix(), data.rows(), data.split(), labels, scratch, progress);
    return new FitOutcome.Fitted(
        job,
        results,
        counts(results, labels, data.split()),
        Map.of(),
        Map.of(),
        CheckpointEvaluation.Result.NONE,
        rankings.of(job, data, labels, results, scratch, progress),
        clustering.of(job, data, progress),
        Map.of(),
        (System.nanoTime() - start) / 1e9);
  }

  private static EvaluationData data(FitJob job, MatrixFile matrix) {
    int[] starts =
        job.started().getCorpus().getSentenceStarts().stream()
            .mapToInt(Integer::intValue)
            .toArray();
    return new EvaluationData(
        matrix,
        job.rows().stream().toArray(),
        Split.bySentence(starts, matrix.rows()),
        StartedLayers.of(job.started()),
        starts,
        matrix::word);
  }

  private Map<String, ClassificationReport> transfer(
      FitJob job, EvaluationData data, List<ConceptLabels> labels) {
    Map<String, ClassificationReport> transfer = new HashMap<>();
    for (ConceptLabels concept : labels) {
      Probe baseline = job.baseline().get(concept.concept());
      if (baseline != null && baseline.width() == data.matrix().width()) {
        transfer.put(
            concept.concept(),
            Transfer.report(baseline, data.matrix(), data.rows(), data.split(), concept, settings));
      }
    }
    return transfer;
  }

  /** Of the concepts that have no probe, and so no evaluation that counts. */
  private static Map<String, List<LabelCount>> counts(
      List<FitResult> results, List<ConceptLabels> labels, Split split) {
    Map<String, List<LabelCount>> counts = new HashMap<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof FitResult.Unfittable) {
        counts.put(results.get(i).concept(), counts(labels.get(i), split));
      }
    }
    return counts;
  }

  static List<LabelCount> counts(ConceptLabels labels, Split split) {
    int[][] counts = new int[labels.labels().size()][Split.TEST + 1];
    for (int word = 0; word < labels.codes().length; word++) {
      if (labels.codes()[word] >= 0) {
        counts[labels.codes()[word]][split.part(word)]++;
      }
    }
    return Arrays.stream(counts)
        .map(of -> new LabelCount(of[Split.TRAIN], of[Split.DEV], of[Split.TEST]))
        .toList();
  }

  private static ConceptLabels labels(FitJob job, MatrixFile matrix, int[] seen, int concept) {
    ConceptInfo info = job.started().getConcepts().get(concept);
    int[] codes = new int[matrix.rows()];
    Arrays.fill(codes, -1);
    for (int row : seen) {
      codes[row] = matrix.code(row, concept);
    }
    return new ConceptLabels(info.getName(), info.getLabels(), codes);
  }
}
