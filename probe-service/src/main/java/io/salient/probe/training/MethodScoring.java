package io.salient.probe.training;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ReusedScratch;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.Evaluation;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.optimiser.Certificate;
import io.salient.lca.probe.optimiser.Penalty;
import io.salient.lca.ranking.ActivationRanking;
import io.salient.lca.ranking.MethodScores;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.lca.ranking.RankingMethod;
import io.salient.lca.ranking.Shrinkage;
import io.salient.probe.training.FitOutcome.LabelCount;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/**
 * Ranks neurons by a method that needs no probe. Its scores travel as a probe's weights do, one row
 * per label, so that all that comes after is the same; there are no biases and no accuracies.
 *
 * @param method which
 * @param settings standardisation, rare labels and the most labels
 */
record MethodScoring(RankingMethod method, FitSettings settings) {
  /** One result per concept. */
  List<FitResult> of(
      ActivationMatrix matrix,
      int[] rows,
      Split split,
      List<ConceptLabels> concepts,
      ScratchSpace scratch,
      FitProgress progress) {
    ScratchSpace reused = new ReusedScratch(scratch);
    List<FitResult> results = new ArrayList<>();
    for (ConceptLabels concept : concepts) {
      int before = results.size();
      List<LabelCount> counts = CheckpointFitting.counts(concept, split);
      results.add(
          unfittable(concept, counts) != null
              ? unfittable(concept, counts)
              : scored(
                  concept,
                  counts,
                  new ActivationRanking(
                          matrix,
                          split.rowsOf(Split.TRAIN, rows),
                          concept.codes(),
                          concept.labels().size(),
                          settings.standardize(),
                          settings.minLabelCount(),
                          shrinkage(settings))
                      .scores(
                          method,
                          reused,
                          share -> goOn(progress, (before + share) / concepts.size())),
                  matrix.width()));
      goOn(progress, (double) results.size() / concepts.size());
    }
    return results;
  }

  /** NeuroX's own where its penalty is asked for too. */
  static Shrinkage shrinkage(FitSettings settings) {
    return settings.penalty() == Penalty.NEUROX ? Shrinkage.NEUROX : Shrinkage.LEDOIT_WOLF;
  }

  private static void goOn(FitProgress progress, double share) {
    if (!progress.report(FitProgress.Phase.FIT, share)) {
      throw new CancellationException();
    }
  }

  private FitResult.Unfittable unfittable(ConceptLabels concept, List<LabelCount> counts) {
    if (concept.labels().size() > settings.maxLabels()) {
      return new FitResult.Unfittable(
          concept.concept(),
          FitResult.Reason.TOO_MANY_LABELS,
          "concept %s has %d labels, at most %d are ranked (salient.probe.max-labels)"
              .formatted(concept.concept(), concept.labels().size(), settings.maxLabels()));
    }
    long present = counts.stream().filter(count -> count.train() > 0).count();
    return present >= 2
        ? null
        : new FitResult.Unfittable(
            concept.concept(),
            FitResult.Reason.FEWER_THAN_TWO_LABELS,
            "concept %s has %d labels among its train words: there is nothing to tell apart"
                .formatted(concept.concept(), present));
  }

  private FitResult scored(
      ConceptLabels concept, List<LabelCount> counts, MethodScores scores, int width) {
    float[][] rows = new float[concept.labels().size()][];
    for (int label = 0; label < rows.length; label++) {
      if (counts.get(label).train() > 0) {
        rows[label] =
            scores.perLabel().length > 0 ? scores.perLabel()[label] : shared(scores, width);
      }
    }
    if (!finite(rows)) {
      return new FitResult.Unfittable(
          concept.concept(),
          FitResult.Reason.NOT_FINITE,
          "concept %s has scores of %s that are not finite: activations are too large, set salient.probe.standardize=true"
              .formatted(concept.concept(), method.text()));
    }
    return new FitResult.Fitted(
        new Probe(concept.concept(), concept.labels(), rows, new float[rows.length]),
        new Certificate(0, 0, 0, 0, true),
        evaluation(concept, counts),
        ProbedNeurons.UNKNOWN,
        0);
  }

  private static boolean finite(float[][] rows) {
    for (float[] row : rows) {
      for (int neuron = 0; row != null && neuron < row.length; neuron++) {
        if (!Float.isFinite(row[neuron])) {
          return false;
        }
      }
    }
    return true;
  }

  /** A method that does not tell labels apart gives all of them the same row. */
  private static float[] shared(MethodScores scores, int width) {
    return scores.saliences().orElseGet(() -> new float[width]);
  }

  private Evaluation evaluation(ConceptLabels concept, List<LabelCount> counts) {
    List<LabelScore> labels = new ArrayList<>();
    for (int label = 0; label < counts.size(); label++) {
      LabelCount count = counts.get(label);
      labels.add(
          new LabelScore(
              concept.labels().get(label),
              count.train(),
              count.dev(),
              count.test(),
              count.train() < settings.minLabelCount(),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty()));
    }
    OptionalDouble unknown = OptionalDouble.empty();
    return new Evaluation(
        counts.stream().mapToInt(LabelCount::train).sum(),
        counts.stream().mapToInt(LabelCount::dev).sum(),
        counts.stream().mapToInt(LabelCount::test).sum(),
        unknown,
        unknown,
        unknown,
        unknown,
        labels,
        Answers.NONE,
        Answers.NONE);
  }
}
