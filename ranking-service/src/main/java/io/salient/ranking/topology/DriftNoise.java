package io.salient.ranking.topology;

import io.salient.lca.drift.HalfRanking;
import io.salient.lca.drift.Judgement;
import io.salient.lca.drift.NoiseFloor;
import io.salient.lca.drift.ReplicateSimilarity;
import io.salient.lca.drift.ReplicateSimilarity.Likeness;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.Noise;
import io.salient.schemas.avro.NullSimilarity;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A drift beside its noise, and what the signals say together.
 *
 * @param noise null when it is not known
 * @param calibratedDrift (mean null similarity - observed) / sd; null without sd
 * @param pValue null without noise
 * @param verdict NONE when it cannot be told
 * @param reason why there is none; empty when there is one
 * @param pending true while it is still being measured
 * @param labels by label; empty without noise
 */
public record DriftNoise(
    Noise noise,
    Double calibratedDrift,
    Double pValue,
    Verdict verdict,
    String reason,
    boolean pending,
    List<LabelDrift> labels) {
  /** Keeps a copy of the list. */
  public DriftNoise {
    labels = List.copyOf(labels);
  }

  /**
   * Of one checkpoint against another.
   *
   * @param before the other
   * @param after the one that drifted
   * @param baseline brings the null similarities; null when there is no baseline
   * @param applied whether the transfer figures of {@code after} are those of the very probe of
   *     {@code before}: without them there is no verdict
   */
  static DriftNoise of(NoiseInput before, NoiseInput after, NoiseInput baseline, boolean applied) {
    ReplicateRankings nulls = baseline == null ? null : baseline.replicates();
    String problem = problem(before, after, nulls);
    if (!problem.isEmpty()) {
      boolean pending =
          before.isPending()
              || after.isPending()
              || (baseline != null && after.report().getFinal$() && baseline.areNullsPending());
      return none(problem, pending);
    }
    return new Comparison(before, after, nulls, applied).result();
  }

  private static DriftNoise none(String reason, boolean pending) {
    return new DriftNoise(null, null, null, Verdict.NONE, reason, pending, List.of());
  }

  private static String problem(NoiseInput before, NoiseInput after, ReplicateRankings nulls) {
    for (String problem : List.of(before.problem(), after.problem())) {
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    if (nulls == null || nulls.getNulls().isEmpty()) {
      return "no null similarities are kept: they are measured at the baseline";
    }
    boolean alike =
        same(before.replicates(), after.replicates()) && same(before.replicates(), nulls);
    return alike ? "" : "the replicates are of other labels or other layers";
  }

  private static boolean same(ReplicateRankings a, ReplicateRankings b) {
    return a.getLabels().equals(b.getLabels())
        && ReportLayers.of(a).equals(ReportLayers.of(b))
        && a.getK() == b.getK();
  }

  /** Two checkpoints that can be compared. */
  private static final class Comparison {
    private final NoiseInput before;
    private final NoiseInput after;
    private final List<NullSimilarity> nulls;
    private final boolean applied;
    private final int k;
    private final ReplicateSimilarity observed;

    Comparison(NoiseInput before, NoiseInput after, ReplicateRankings baseline, boolean applied) {
      this.before = before;
      this.after = after;
      this.nulls = baseline.getNulls();
      this.applied = applied;
      this.k = baseline.getK();
      List<HalfRanking> base = halves(before.replicates());
      List<HalfRanking> here = halves(after.replicates());
      observed =
          ReplicateSimilarity.crossed(
              base.get(0), base.get(1), here.get(0), here.get(1), ReportLayers.of(baseline), k);
    }

    private static List<HalfRanking> halves(ReplicateRankings replicates) {
      return replicates.getHalves().stream()
          .map(
              half ->
                  new HalfRanking(
                      ints(half.getOverall()),
                      half.getLabels().stream().map(Comparison::ints).toArray(int[][]::new)))
          .toList();
    }

    private static int[] ints(List<Integer> neurons) {
      return neurons.stream().mapToInt(Integer::intValue).toArray();
    }

    DriftNoise result() {
      List<Likeness> overall =
          nulls.stream()
              .map(one -> new Likeness(one.getSimilarity(), one.getLayerDistance()))
              .toList();
      Optional<Judgement> judged =
          Judgement.of(
              overall,
              observed.overall(),
              ProbePerformance.ofConcept(before.report(), after.report(), applied),
              Judgement.LEVEL,
              1.0 / k);
      if (judged.isEmpty()) {
        return none("nothing is ranked on half of the train sentences", false);
      }
      Judgement judgement = judged.get();
      Verdict verdict = verdict(judgement);
      return new DriftNoise(
          noise(judgement),
          calibrated(judgement),
          pValue(judgement),
          verdict,
          verdict == Verdict.NONE ? reason() : "",
          false,
          labels());
    }

    private String reason() {
      return nulls.size() < 2
          ? "one replicate has no spread: set salient.probe.replicates to at least 2"
          : "the probe of step "
              + before.report().getStep()
              + " was not applied to step "
              + after.report().getStep()
              + ": only the baseline's is";
    }

    private List<LabelDrift> labels() {
      List<LabelReport> labels = after.report().getLabels();
      int[] judged =
          IntStream.range(0, labels.size())
              .filter(
                  label ->
                      ProbePerformance.counts(before.report(), label)
                          && ProbePerformance.counts(after.report(), label))
              .toArray();
      List<LabelDrift> drifts = new ArrayList<>();
      for (int label : judged) {
        drifts.add(label(label, judged.length));
      }
      return drifts;
    }

    /** The level of a false alarm is shared out to the labels (Bonferroni). */
    private LabelDrift label(int label, int labels) {
      LabelReport was = before.report().getLabels().get(label);
      LabelReport is = after.report().getLabels().get(label);
      LabelDrift.Builder drift =
          LabelDrift.newBuilder()
              .setLabel(is.getLabel())
              .setF1Before(was.getF1())
              .setF1After(is.getF1())
              .setTransferF1(applied ? ProbePerformance.transferF1(is) : null);
      Judgement.of(
              nulls.stream().map(one -> likeness(one, label)).toList(),
              observed.labels()[label],
              ProbePerformance.ofLabel(was, is, applied),
              Judgement.LEVEL / labels,
              1.0 / k)
          .ifPresent(
              judgement ->
                  drift
                      .setNoise(noise(judgement))
                      .setCalibratedDrift(calibrated(judgement))
                      .setPValue(pValue(judgement))
                      .setVerdict(verdict(judgement)));
      return drift.build();
    }

    private static Likeness likeness(NullSimilarity one, int label) {
      float similarity = one.getLabelSimilarities().get(label);
      return Float.isNaN(similarity)
          ? null
          : new Likeness(similarity, one.getLabelLayerDistances().get(label));
    }

    private Noise noise(Judgement judgement) {
      NoiseFloor similarities = judgement.similarities();
      return new Noise(
          similarities.replicates(),
          k,
          similarities.mean(),
          orNull(similarities.sd()),
          judgement.observed().similarity(),
          -judgement.layers().mean(),
          orNull(judgement.layers().sd()),
          judgement.observed().layerDistance());
    }

    private static Double calibrated(Judgement judgement) {
      return orNull(
          judgement
              .similarities()
              .calibrated(judgement.observed().similarity())
              .orElse(Double.NaN));
    }

    private static Double pValue(Judgement judgement) {
      return judgement.similarities().pValue(judgement.observed().similarity());
    }

    private static Verdict verdict(Judgement judgement) {
      return judgement.verdict().map(said -> Verdict.valueOf(said.name())).orElse(Verdict.NONE);
    }

    private static Double orNull(double value) {
      return Double.isNaN(value) ? null : value;
    }
  }
}
