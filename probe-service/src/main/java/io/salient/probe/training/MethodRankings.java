package io.salient.probe.training;

import io.salient.lca.ReusedScratch;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.ranking.ActivationRanking;
import io.salient.lca.ranking.MethodAgreement;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.NeuronSelector;
import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.RankingMethod;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * What else is made of a final checkpoint's rankings: how far other methods agree with the one that
 * ranks, and the neurons that a selector chooses.
 *
 * @param others compared with the method of the settings; empty for no comparison
 * @param selector of neurons
 * @param settings name the method that ranks; of fits, should a compared method need a probe where
 *     the one that ranks does not
 */
public record MethodRankings(
    List<RankingMethod> others, Optional<NeuronSelector> selector, FitSettings settings) {
  /** Keeps a copy of the list, without repetitions. */
  public MethodRankings {
    others = others.stream().filter(other -> other != settings.method()).distinct().toList();
  }

  /** Nothing else. */
  public static MethodRankings none(FitSettings settings) {
    return new MethodRankings(List.of(), Optional.empty(), settings);
  }

  /**
   * The same for neurons that were ranked by another method than that of the settings; where
   * methods are compared, the one of the settings is then among the others.
   */
  MethodRankings rankedBy(RankingMethod by) {
    List<RankingMethod> compared =
        others.isEmpty() ? others : Stream.concat(Stream.of(method()), others.stream()).toList();
    return new MethodRankings(compared, selector, settings.withMethod(by));
  }

  /** That ranks. */
  public RankingMethod method() {
    return settings.method();
  }

  /** True when there is anything to make. */
  public boolean asked() {
    return !others.isEmpty() || selector.isPresent();
  }

  /**
   * By concept, what came of it; concepts without a ranking have no entry.
   *
   * @param labels of the concepts that have final results, in the order of these
   * @param finals their probes, or scores
   */
  Map<String, FitOutcome.Ranked> of(
      EvaluationData data,
      List<ConceptLabels> labels,
      List<FitResult.Fitted> finals,
      ScratchSpace scratch,
      FitProgress progress) {
    if (!asked()) {
      return Map.of();
    }
    Work work = new Work(data, new ReusedScratch(scratch), progress);
    Map<String, FitResult.Fitted> probes = work.probes(labels, finals);
    Map<String, FitOutcome.Ranked> ranked = new HashMap<>();
    for (int k = 0; k < finals.size(); k++) {
      FitResult.Fitted fitted = finals.get(k);
      Map<RankingMethod, NeuronRanking> rankings =
          work.rankings(labels.get(k), probes.get(fitted.concept()));
      if (rankings.containsKey(method())) {
        ranked.put(fitted.concept(), ranked(fitted.probe(), rankings));
      }
    }
    return ranked;
  }

  private FitOutcome.Ranked ranked(Probe probe, Map<RankingMethod, NeuronRanking> rankings) {
    return new FitOutcome.Ranked(
        rankings.size() < 2 ? Optional.empty() : Optional.of(MethodAgreement.of(rankings)),
        selector.map(by -> by.select(probe.weights(), rankings.get(method()))));
  }

  /** One checkpoint's. */
  private final class Work {
    private final EvaluationData data;
    private final ScratchSpace scratch;
    private final FitProgress progress;
    private final int[] train;

    Work(EvaluationData data, ScratchSpace scratch, FitProgress progress) {
      this.data = data;
      this.scratch = scratch;
      this.progress = progress;
      this.train = data.split().rowsOf(Split.TRAIN, data.rows());
    }

    /** By concept, those that methods of a probe rank; fitted here where the method has none. */
    Map<String, FitResult.Fitted> probes(
        List<ConceptLabels> labels, List<FitResult.Fitted> finals) {
      List<? extends FitResult> fits = finals;
      if (!method().needsProbe()) {
        fits =
            others.stream().noneMatch(RankingMethod::needsProbe)
                ? List.of()
                : ProbeFit.fit(
                    data.matrix(),
                    data.rows(),
                    data.split(),
                    labels,
                    Map.of(),
                    settings,
                    scratch,
                    progress);
      }
      Map<String, FitResult.Fitted> probes = new HashMap<>();
      for (FitResult result : fits) {
        if (result instanceof FitResult.Fitted fitted) {
          probes.put(fitted.concept(), fitted);
        }
      }
      return probes;
    }

    /** In the order of the methods, without those that rank nothing. */
    Map<RankingMethod, NeuronRanking> rankings(ConceptLabels labels, FitResult.Fitted probe) {
      Map<RankingMethod, NeuronRanking> rankings = new LinkedHashMap<>();
      ranking(method(), labels, probe).ifPresent(ranking -> rankings.put(method(), ranking));
      for (RankingMethod other : others) {
        ranking(other, labels, probe).ifPresent(ranking -> rankings.put(other, ranking));
      }
      return rankings;
    }

    private Optional<NeuronRanking> ranking(
        RankingMethod by, ConceptLabels labels, FitResult.Fitted probe) {
      int[] counts = new int[labels.labels().size()];
      for (int row : train) {
        if (labels.codes()[row] >= 0) {
          counts[labels.codes()[row]]++;
        }
      }
      if (by.needsProbe() && probe == null) {
        return Optional.empty();
      }
      return switch (by) {
        case LCA, CONTRIBUTION, NEUROX ->
            new ProbeRanker(by, settings.minLabelCount())
                .rank(probe.probe().weights(), probe.neurons(), counts);
        case PROBELESS, MEAN_SELECT, GAUSSIAN, IOU, AVERAGE_PRECISION ->
            new ActivationRanking(
                    data.matrix(),
                    train,
                    labels.codes(),
                    counts.length,
                    settings.standardize(),
                    settings.minLabelCount(),
                    MethodScoring.shrinkage(settings))
                .scores(by, scratch, share -> goOn())
                .ranking(counts, settings.minLabelCount());
      };
    }

    private void goOn() {
      if (!progress.report(FitProgress.Phase.ANALYSE, 0)) {
        throw new CancellationException();
      }
    }
  }
}
