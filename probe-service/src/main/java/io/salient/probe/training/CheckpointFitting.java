package io.salient.probe.training;

import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.Answers;
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

/** One job, start to end: verify or rebuild the matrix, then the work of its tier. */
public final class CheckpointFitting {
  private final FitSettings settings;
  private final RankingMethod method;
  private final Replication replication;
  private final EvaluationTier evaluation;
  private final EarlyWarnings early;
  private final MatrixRebuild rebuild;

  /** Fits and evaluates with these settings, without halves. */
  public CheckpointFitting(
      FitSettings settings, EvaluationSettings evaluations, MatrixRebuild rebuild) {
    this(
        settings,
        0,
        new EvaluationTier(
            settings, evaluations, MethodRankings.none(settings), false, Clustering.NONE),
        rebuild);
  }

  /**
   * Fits and evaluates, or ranks without a probe.
   *
   * @param splits of the train sentences whose halves are fitted again, to measure noise
   * @param evaluation what is asked for beyond the ranking, and what neurons are ranked by
   */
  public CheckpointFitting(
      FitSettings settings, int splits, EvaluationTier evaluation, MatrixRebuild rebuild) {
    this.settings = settings;
    this.method = evaluation.rankings().method();
    this.replication = new Replication(settings, splits);
    this.evaluation = evaluation;
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
      return work(job, matrix, scratch, progress);
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

  private FitOutcome work(
      FitJob job, MatrixFile matrix, MappedScratch scratch, FitProgress progress) {
    EvaluationData data = data(job, matrix);
    List<ConceptLabels> labels =
        job.concepts().stream().map(concept -> labels(job, matrix, data.rows(), concept)).toList();
    return switch (job.tier()) {
      case EARLY -> early(job, data, labels, progress);
      case FINAL -> {
        early.forget(job.key());
        yield fit(job, data, labels, scratch, progress);
      }
      case PROVISIONAL -> fit(job, data, labels, scratch, progress);
      case TRANSFER -> new FitOutcome.Transferred(job, transfer(job, data, labels));
      case NOISE -> noise(job, data, ofFinals(job, labels), scratch, progress);
      case EVALUATION ->
          evaluation.rankedBy(job.method()).of(job, data, ofFinals(job, labels), scratch, progress);
    };
  }

  /** Labels of the concepts that have final results, in the order of these. */
  private static List<ConceptLabels> ofFinals(FitJob job, List<ConceptLabels> labels) {
    return job.finals().stream()
        .map(
            result ->
                labels.stream()
                    .filter(of -> of.concept().equals(result.concept()))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  private FitOutcome fit(
      FitJob job,
      EvaluationData data,
      List<ConceptLabels> labels,
      MappedScratch scratch,
      FitProgress progress) {
    long start = System.nanoTime();
    List<FitResult> results =
        method.needsProbe()
            ? ProbeFit.fit(
                data.matrix(),
                data.rows(),
                data.split(),
                labels,
                job.warm(),
                settings,
                scratch,
                progress)
            : new MethodScoring(method, settings)
                .of(data.matrix(), data.rows(), data.split(), labels, scratch, progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new FitOutcome.Fitted(
        job, results, counts(results, labels, data.split()), transfer(job, data, labels), seconds);
  }

  private FitOutcome noise(
      FitJob job,
      EvaluationData data,
      List<ConceptLabels> labels,
      MappedScratch scratch,
      FitProgress progress) {
    long start = System.nanoTime();
    Map<String, Replicates> replicates = replication.of(job, data, labels, scratch, progress);
    return new FitOutcome.Replicated(job, replicates, (System.nanoTime() - start) / 1e9);
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

  private static EvaluationData data(FitJob job, MatrixFile matrix) {
    SentenceGroups sentences = StartedSentences.of(job.started());
    return new EvaluationData(
        matrix,
        job.rows().stream().toArray(),
        StartedSentences.split(job.started(), sentences),
        StartedLayers.of(job.started()),
        sentences,
        matrix::word);
  }

  private Map<String, Answers> transfer(
      FitJob job, EvaluationData data, List<ConceptLabels> labels) {
    Map<String, Answers> transfer = new HashMap<>();
    if (!method.needsProbe()) {
      return transfer; // nothing to apply to other activations
    }
    for (ConceptLabels concept : labels) {
      Probe baseline = job.baseline().get(concept.concept());
      if (baseline != null && baseline.width() == data.matrix().width()) {
        transfer.put(
            concept.concept(),
            Transfer.answers(
                baseline, data.matrix(), data.rows(), data.split(), concept, settings));
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
