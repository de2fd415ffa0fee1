package io.salient.probe.training;

import io.salient.lca.LayerMap;
import io.salient.lca.evaluation.CheckpointEvaluation;
import io.salient.lca.evaluation.LambdaSearch;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.FitResult;
import io.salient.lca.ranking.MethodAgreement;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.NeuronSelection;
import io.salient.lca.ranking.RankingMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of a {@link FitJob}. */
public sealed interface FitOutcome {
  /** The job. */
  FitJob job();

  /**
   * Probes.
   *
   * @param results one per concept of the job
   * @param counts one per label, by concept, where no probe could be fitted
   * @param transfer answers of the baseline's probe on the test words, by concept, where there are
   *     any
   * @param seconds the joint fit took
   */
  record Fitted(
      FitJob job,
      List<FitResult> results,
      Map<String, List<LabelCount>> counts,
      Map<String, Answers> transfer,
      double seconds)
      implements FitOutcome {
    /** Of a checkpoint of which no concept is fitted here. */
    public static Fitted nothing(FitJob job) {
      return new Fitted(job, List.of(), Map.of(), Map.of(), 0);
    }

    /** Probes whose fit ended before it had converged. */
    public int unconverged() {
      return (int)
          results.stream()
              .filter(
                  result ->
                      result instanceof FitResult.Fitted probe && !probe.certificate().converged())
              .count();
    }
  }

  /**
   * What a final checkpoint is measured by against a baseline that came later.
   *
   * @param answers of the baseline's probe on the test words, by concept, where there are any
   */
  record Transferred(FitJob job, Map<String, Answers> answers) implements FitOutcome {}

  /**
   * What noise is measured by.
   *
   * @param replicates by concept
   * @param seconds it took
   */
  record Replicated(FitJob job, Map<String, Replicates> replicates, double seconds)
      implements FitOutcome {
    /** Splits of which a half ended before it had converged. */
    public int unconverged() {
      return (int)
          replicates.values().stream()
              .flatMap(of -> of.pairs().stream())
              .filter(pair -> !pair.converged())
              .count();
    }
  }

  /**
   * What final probes were put to beyond accuracy.
   *
   * @param evaluation by concept
   * @param ranked agreement of methods and chosen neurons, by concept, where asked for
   * @param clusters of the checkpoint's neurons, where asked for
   * @param lambdas the search over penalties, by concept; empty where none was asked for
   * @param seconds all of it took
   */
  record Evaluated(
      FitJob job,
      CheckpointEvaluation.Result evaluation,
      Map<String, Ranked> ranked,
      Optional<Clustering.Clusters> clusters,
      Map<String, List<LambdaSearch.Cell>> lambdas,
      double seconds)
      implements FitOutcome {}

  /**
   * What else is made of a concept's ranking.
   *
   * @param agreement with other methods, where any were asked for
   * @param selection neurons chosen, where that was asked for
   */
  record Ranked(Optional<MethodAgreement> agreement, Optional<NeuronSelection> selection) {
    /** Nothing. */
    public static final Ranked NONE = new Ranked(Optional.empty(), Optional.empty());
  }

  /**
   * What is known before any fit.
   *
   * @param rankings one per concept that has any
   * @param layers layer and unit of each neuron
   * @param seconds it took
   */
  record Early(FitJob job, List<EarlyRanking> rankings, LayerMap layers, double seconds)
      implements FitOutcome {}

  /**
   * Rankings of one concept that need no probe.
   *
   * @param concept its name
   * @param trainWords that they are over
   * @param rankings by method, one at least
   */
  record EarlyRanking(String concept, int trainWords, Map<RankingMethod, NeuronRanking> rankings) {}

  /**
   * How often a label occurs in each part of the corpus, among the rows that were there.
   *
   * @param train words
   * @param dev words
   * @param test words
   */
  record LabelCount(int train, int dev, int test) {}

  /** The job was cancelled: nobody waits for it any more. */
  record Dropped(FitJob job) implements FitOutcome {}

  /** The activations are neither in the file nor in the log any more. */
  record Lost(FitJob job) implements FitOutcome {}

  /**
   * The fit failed on these data.
   *
   * @param message what is wrong
   */
  record Failed(FitJob job, String message) implements FitOutcome {}

  /**
   * Kafka or the disk failed: nothing is known of the data.
   *
   * @param cause to be rethrown on the stream thread
   */
  record Broken(FitJob job, RuntimeException cause) implements FitOutcome {}
}
