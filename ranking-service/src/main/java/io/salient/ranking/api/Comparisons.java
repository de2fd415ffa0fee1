package io.salient.ranking.api;

import io.salient.ranking.RankingService;
import io.salient.ranking.topology.KeptRankings;
import io.salient.ranking.topology.RankingDrift;
import io.salient.ranking.topology.RelativeDrift;
import io.salient.ranking.topology.ReportLayers;
import io.salient.ranking.topology.SeedComparison;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.RelativeLayers;
import io.salient.ranking.view.SeedsView;
import io.salient.schemas.avro.ProbeReport;
import io.salient.security.http.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Compares any two rankings that this instance keeps. */
@ApplicationScoped
public class Comparisons {
  private final Supplier<KeptRankings> kept;

  /** Compares what the service's stores keep. */
  @Inject
  public Comparisons(RankingService service) {
    this(service::kept);
  }

  Comparisons(Supplier<KeptRankings> kept) {
    this.kept = kept;
  }

  /**
   * Compares two checkpoints, of one run or of two.
   *
   * @param top size k of the compared sets, 1 to 500
   * @throws ProblemException 404 when one of the two is not ranked, 400 when the two cannot be
   *     compared, 503 while the stores cannot be read
   */
  public CompareView compare(
      String runA, long stepA, String runB, long stepB, String concept, int top) {
    return reading(
        rankings -> {
          KeptRankings.Kept a = find(rankings, runA, concept, stepA);
          KeptRankings.Kept b = find(rankings, runB, concept, stepB);
          return compare(rankings, a, b, top);
        });
  }

  private static CompareView compare(
      KeptRankings rankings, KeptRankings.Kept a, KeptRankings.Kept b, int top) {
    ProbeReport report = b.neurons().getReport();
    ComparableReports.check(a.neurons().getReport(), report);
    if (!ReportLayers.of(a.neurons().getReport()).equals(ReportLayers.of(report))) {
      ComparableReports.checkAllLayers(a.neurons().getReport(), report);
      return CompareView.of(
          a.neurons(), b.neurons(), top, relative(a, b, top), rankings.judgement(a, b));
    }
    ComparableReports.checkTokenizers(
        a.neurons().getReport().getProvenance(), report.getProvenance());
    return CompareView.of(
        a.neurons(),
        b.neurons(),
        RankingDrift.between(a.order(), b.order(), ReportLayers.of(report), top),
        rankings.judgement(a, b));
  }

  /**
   * Compares runs that set out from one baseline.
   *
   * @param runs two or more
   * @param step of the checkpoints that are compared; empty for the last that all of them have
   * @throws ProblemException 404 when one is not ranked, 400 when the runs set out from different
   *     baselines or cannot be compared otherwise, 503 while the stores cannot be read
   */
  public SeedsView seeds(List<String> runs, String concept, OptionalLong step) {
    return reading(
        rankings -> {
          List<KeptRankings.Kept> baselines =
              runs.stream().map(run -> baseline(rankings, run, concept)).toList();
          ComparableReports.checkSameCheckpoint(
              baselines.stream().map(KeptRankings.Kept::neurons).toList());
          long at = step.orElseGet(() -> lastCommonStep(rankings, runs, concept));
          return seeds(
              concept,
              baselines.getFirst(),
              runs.stream().map(run -> find(rankings, run, concept, at)).toList());
        });
  }

  /**
   * The same of steps of one run, which are checkpoints of several.
   *
   * @param baseline step of the baseline
   * @param steps two or more
   */
  public SeedsView seeds(String run, long baseline, List<Long> steps, String concept) {
    return reading(
        rankings ->
            seeds(
                concept,
                find(rankings, run, concept, baseline),
                steps.stream().map(step -> find(rankings, run, concept, step)).toList()));
  }

  private static SeedsView seeds(
      String concept, KeptRankings.Kept baseline, List<KeptRankings.Kept> runs) {
    for (KeptRankings.Kept run : runs) {
      ComparableReports.check(baseline.neurons().getReport(), run.neurons().getReport());
      ComparableReports.checkTokenizers(
          baseline.neurons().getReport().getProvenance(),
          run.neurons().getReport().getProvenance());
    }
    return SeedsView.of(concept, baseline, runs, SeedComparison.of(baseline, runs));
  }

  private static KeptRankings.Kept baseline(KeptRankings rankings, String run, String concept) {
    return rankings
        .baseline(run, concept)
        .orElseThrow(
            () ->
                noRanking(
                    "No ranking of %s at the baseline of run %s is kept by this instance."
                        .formatted(concept, run)));
  }

  private static long lastCommonStep(KeptRankings rankings, List<String> runs, String concept) {
    NavigableSet<Long> common = rankings.steps(runs.getFirst(), concept);
    runs.forEach(run -> common.retainAll(rankings.steps(run, concept)));
    runs.forEach(
        run ->
            common.removeIf(step -> baseline(rankings, run, concept).neurons().getStep() == step));
    if (common.isEmpty()) {
      throw noRanking(
          "Runs %s have no ranking of %s at a common step after their baseline."
              .formatted(String.join(", ", runs), concept));
    }
    return common.last();
  }

  private static ProblemException noRanking(String detail) {
    return new ProblemException(ProblemCode.NO_RANKING, detail);
  }

  private <T> T reading(Function<KeptRankings, T> question) {
    try {
      return question.apply(kept.get());
    } catch (InvalidStateStoreException e) {
      throw new ProblemException(
          ProblemCode.NOT_READABLE,
          "The ranking stream is starting or moving partitions; ask again in a moment.");
    }
  }

  private static RelativeLayers relative(KeptRankings.Kept a, KeptRankings.Kept b, int top) {
    return RelativeLayers.of(
        RelativeDrift.between(
                a.neurons().getReport(), a.order(), b.neurons().getReport(), b.order(), top)
            .orElse(null));
  }

  private static KeptRankings.Kept find(
      KeptRankings rankings, String run, String concept, long step) {
    return rankings
        .find(run, concept, step)
        .orElseThrow(
            () ->
                noRanking(
                    "No ranking of %s at step %d of run %s is kept by this instance."
                        .formatted(concept, step, run)));
  }
}
