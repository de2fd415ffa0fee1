package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.salient.ranking.topology.DriftJudgement;
import io.salient.ranking.topology.RankingDrift;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One concept's ranking in checkpoint A against checkpoint B, as {@code salient compare --format
 * json} prints it: the fields of all parts side by side. In a drift, A is the other checkpoint
 * (baseline or step before), B the one that drifted.
 *
 * @param pair what is compared
 * @param likeness how alike the rankings are; unknown for models of different sizes
 * @param accuracies of the probes
 * @param entered neurons among the first k of B only, by rank in B; null for models of different
 *     sizes
 * @param left neurons among the first k of A only, by rank in A; null for models of different sizes
 * @param judged every signal and what they say together
 * @param reading how the weights of both were read
 * @param relative only for models of different sizes, of which nothing else can be compared
 */
public record CompareView(
    @JsonUnwrapped Pair pair,
    @JsonUnwrapped Likeness likeness,
    @JsonUnwrapped Accuracies accuracies,
    List<NeuronViews.Moved> entered,
    List<NeuronViews.Moved> left,
    @JsonUnwrapped Judged judged,
    @JsonUnwrapped Reading reading,
    RelativeLayers relative) {

  /**
   * The two checkpoints.
   *
   * @param concept the concept
   * @param stepA step of A
   * @param stepB step of B
   * @param checkpointA checkpoint id of A
   * @param checkpointB checkpoint id of B
   * @param isFinal false when one of the two is provisional
   * @param top size k of the compared sets
   */
  public record Pair(
      String concept,
      long stepA,
      long stepB,
      String checkpointA,
      String checkpointB,
      @JsonProperty("final") boolean isFinal,
      int top) {
    private static Pair of(NeuronDrift drift) {
      return new Pair(
          drift.getConcept(),
          drift.getOtherStep(),
          drift.getStep(),
          drift.getOtherCheckpointId(),
          drift.getCheckpointId(),
          drift.getFinal$(),
          drift.getK());
    }

    private static Pair of(SalientNeurons a, SalientNeurons b, int top) {
      return new Pair(
          a.getConcept(),
          a.getStep(),
          b.getStep(),
          a.getCheckpointId(),
          b.getCheckpointId(),
          a.getReport().getFinal$() && b.getReport().getFinal$(),
          top);
    }
  }

  /**
   * How alike two rankings of the same layers are.
   *
   * @param jaccard similarity of the first k, 0 to 1
   * @param jaccardChance what two random sets of k have
   * @param rbo extrapolated rank-biased overlap, 0 to 1
   * @param rboP its persistence
   * @param spearman correlation of the full scores; null when one side does not vary
   * @param meanLayerShift mean layer of the first k in B minus in A
   * @param wasserstein distance of the layer histograms, in layers
   */
  public record Likeness(
      Double jaccard,
      Double jaccardChance,
      Double rbo,
      Double rboP,
      Double spearman,
      Double meanLayerShift,
      Double wasserstein) {
    private static final Likeness UNKNOWN = new Likeness(null, null, null, null, null, null, null);

    private static Likeness of(NeuronDrift drift) {
      return isByLayer(drift)
          ? UNKNOWN
          : new Likeness(
              drift.getJaccard(),
              drift.getJaccardChance(),
              drift.getRbo(),
              drift.getRboP(),
              drift.getSpearman(),
              drift.getMeanLayerShift(),
              drift.getWasserstein());
    }

    private static Likeness of(RankingDrift drift) {
      return new Likeness(
          drift.jaccard(),
          drift.jaccardChance(),
          drift.rbo(),
          drift.rboP(),
          drift.spearman().isPresent() ? drift.spearman().getAsDouble() : null,
          drift.meanLayerShift(),
          drift.wasserstein());
    }
  }

  /**
   * Test accuracies of the probes.
   *
   * @param accuracyA of A's probe on A
   * @param accuracyB of B's probe on B
   * @param transferAccuracy of A's probe on B; null unless A is B's baseline
   */
  public record Accuracies(Double accuracyA, Double accuracyB, Double transferAccuracy) {
    private static Accuracies of(ProbeReport a, ProbeReport b, boolean transferred) {
      return new Accuracies(
          a.getAccuracy(), b.getAccuracy(), transferred ? b.getTransferAccuracy() : null);
    }
  }

  /**
   * What is said of B against A.
   *
   * @param judgement whether the ranking moved, beside its noise; null in results of versions
   *     before
   * @param place where the first neurons went; null when not known
   * @param knowledge what became of what was known; null when not known
   * @param verdict forgotten, relocated, re-encoded, weakened, reordered, stable or undecided; null
   *     when there is none
   * @param verdictReason why there is none, or none but undecided; null otherwise
   * @param noisePending true while halves are still being fitted
   * @param perLabel label by label; empty where the two cannot be compared
   */
  public record Judged(
      JudgementView judgement,
      JudgementView.Displacement place,
      JudgementView.Knowledge knowledge,
      String verdict,
      String verdictReason,
      boolean noisePending,
      List<JudgementView.Label> perLabel) {
    private static Judged of(DriftJudgement drift) {
      return new Judged(
          JudgementView.of(drift.ranking()),
          JudgementView.Displacement.of(drift.place()),
          JudgementView.Knowledge.of(drift.knowledge()),
          JudgementView.verdict(drift.verdict()),
          drift.reason().isEmpty() ? null : drift.reason(),
          drift.pending(),
          drift.labels().stream().map(JudgementView.Label::of).toList());
    }
  }

  /**
   * How the weights were read where it was not plainly: dtype, randomSeed, baseModel (of an
   * adapter), by name.
   *
   * @param weightsA how A's were
   * @param weightsB how B's were
   * @param notes what people should know, such as that the two were not read the same way
   */
  public record Reading(
      Map<String, String> weightsA, Map<String, String> weightsB, List<String> notes) {
    private static Reading of(Map<String, String> a, Map<String, String> b) {
      return new Reading(new TreeMap<>(a), new TreeMap<>(b), WeightDifferences.of(a, b));
    }

    private static Reading of(ProbeReport a, ProbeReport b) {
      return of(a.getProvenance().getWeights(), b.getProvenance().getWeights());
    }
  }

  /** The view of a drift: A is what it is measured against. */
  public static CompareView of(NeuronDrift drift) {
    return new CompareView(
        Pair.of(drift),
        Likeness.of(drift),
        new Accuracies(
            drift.getAccuracyBefore(), drift.getAccuracyAfter(), drift.getTransferAccuracy()),
        isByLayer(drift) ? null : NeuronViews.Moved.of(drift.getEntered()),
        isByLayer(drift) ? null : NeuronViews.Moved.of(drift.getLeft()),
        Judged.of(
            new DriftJudgement(
                drift.getJudgement(),
                drift.getPlace(),
                drift.getKnowledge(),
                drift.getVerdict(),
                drift.getVerdictReason(),
                drift.getNoisePending(),
                drift.getLabelDrifts())),
        Reading.of(drift.getOtherWeights(), drift.getProvenance().getWeights()),
        RelativeLayers.of(drift.getRelative()));
  }

  /** Records say by their k that neurons of the one have no counterpart in the other. */
  private static boolean isByLayer(NeuronDrift drift) {
    return drift.getK() == 0;
  }

  /** Whether each neuron of the one is a neuron of the other: both have the same layers. */
  public boolean hasSameNeurons() {
    return entered != null;
  }

  /** The step that is compared with another. */
  public long step() {
    return pair.stepB();
  }

  /** The view of a comparison made on request. */
  public static CompareView of(
      SalientNeurons a, SalientNeurons b, RankingDrift drift, DriftJudgement judged) {
    boolean transferred = a.getCheckpointId().equals(b.getReport().getTransferFrom());
    return new CompareView(
        Pair.of(a, b, drift.k()),
        Likeness.of(drift),
        Accuracies.of(a.getReport(), b.getReport(), transferred),
        NeuronViews.Moved.of(drift.entered()),
        NeuronViews.Moved.of(drift.left()),
        Judged.of(judged),
        Reading.of(a.getReport(), b.getReport()),
        null);
  }

  /** The view of two models of different sizes. */
  public static CompareView of(
      SalientNeurons a, SalientNeurons b, int top, RelativeLayers relative, DriftJudgement judged) {
    return new CompareView(
        Pair.of(a, b, top),
        Likeness.UNKNOWN,
        Accuracies.of(a.getReport(), b.getReport(), false),
        null,
        null,
        Judged.of(judged),
        Reading.of(a.getReport(), b.getReport()),
        relative);
  }
}
