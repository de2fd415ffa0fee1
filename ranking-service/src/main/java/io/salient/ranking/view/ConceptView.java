package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One concept over the steps of a run.
 *
 * @param run training run
 * @param concept the concept
 * @param labels its labels, by name
 * @param layers number of layers, embeddings included
 * @param layerNumbers the model's own number of each, in the order of layer histograms
 * @param hidden units per layer
 * @param alarm on its drift; null where none was ever raised
 * @param steps those ranked, by step
 */
public record ConceptView(
    String run,
    String concept,
    List<String> labels,
    int layers,
    List<Integer> layerNumbers,
    int hidden,
    AlarmView alarm,
    List<Step> steps) {

  /**
   * One step, in short.
   *
   * @param step training step
   * @param checkpointId SHA-256 of the weights
   * @param baseline announced as what drift is measured against
   * @param isFinal false while rows are still missing
   * @param coverage share of the rows that the fit saw
   * @param accuracy on the test words
   * @param macroF1 over the labels among the test words
   * @param majority share of the most frequent train label
   * @param transferAccuracy of the baseline's probe applied unchanged; null when not known
   * @param method what neurons are ranked by
   * @param reproducibility how far another half of the corpus finds the first neurons, 0 to 1; null
   *     when not known
   * @param reproducibilityReason why it is not known; null otherwise
   * @param layerHistogram how many of the first k neurons lie in each layer
   * @param meanLayer of the first k
   * @param driftBaseline against the baseline; null for the baseline itself
   * @param driftPrevious against the step before; null for the first
   * @param alarm true where the concept's alarm stood
   */
  public record Step(
      long step,
      String checkpointId,
      boolean baseline,
      @JsonProperty("final") boolean isFinal,
      float coverage,
      Double accuracy,
      Double macroF1,
      Double majority,
      Double transferAccuracy,
      String method,
      Double reproducibility,
      String reproducibilityReason,
      List<Integer> layerHistogram,
      double meanLayer,
      Drift driftBaseline,
      Drift driftPrevious,
      boolean alarm) {}

  /**
   * A drift without its neurons.
   *
   * @param otherStep the step compared with
   * @param isFinal false when one of the two is provisional
   * @param k size of the compared sets; 0 where the two have other layers: then nothing is known by
   *     neuron
   * @param jaccard of the first k; null where k is 0, as the next ones
   * @param jaccardChance what two random sets of k have
   * @param rbo rank-biased overlap
   * @param spearman of the full scores; null when one side does not vary
   * @param meanLayerShift in layers
   * @param wasserstein in layers
   * @param judgement whether the ranking moved, beside its noise; null in results of versions
   *     before
   * @param place where the first neurons went; null when not known
   * @param knowledge what became of what was known; null when not known
   * @param verdict forgotten, relocated, re-encoded, weakened, reordered, stable or undecided; null
   *     when there is none
   * @param verdictReason why there is none, or none but undecided; null otherwise
   * @param since the first of the successive steps up to this one with the same verdict; null
   *     without one
   */
  public record Drift(
      long otherStep,
      @JsonProperty("final") boolean isFinal,
      int k,
      Double jaccard,
      Double jaccardChance,
      Double rbo,
      Double spearman,
      Double meanLayerShift,
      Double wasserstein,
      JudgementView judgement,
      JudgementView.Displacement place,
      JudgementView.Knowledge knowledge,
      String verdict,
      String verdictReason,
      Long since) {
    private static Drift of(CompareView drift, Long since) {
      return drift == null
          ? null
          : new Drift(
              drift.pair().stepA(),
              drift.pair().isFinal(),
              drift.pair().top(),
              drift.likeness().jaccard(),
              drift.likeness().jaccardChance(),
              drift.likeness().rbo(),
              drift.likeness().spearman(),
              drift.likeness().meanLayerShift(),
              drift.likeness().wasserstein(),
              drift.judged().judgement(),
              drift.judged().place(),
              drift.judged().knowledge(),
              drift.judged().verdict(),
              drift.judged().verdictReason(),
              drift.judged().verdict() == null ? null : since);
    }
  }

  /** The view of a concept's results. */
  public static ConceptView of(ConceptResults concept) {
    StepView last = concept.last();
    return new ConceptView(
        last.run(),
        concept.concept(),
        last.probe().labels(),
        last.layers(),
        last.layerNumbers(),
        last.hidden(),
        concept.alarm().orElse(null),
        steps(concept));
  }

  private static List<Step> steps(ConceptResults concept) {
    List<StepView> steps = concept.steps();
    List<Integer> baseline =
        Since.of(steps.stream().map(StepView::driftBaseline).map(ConceptView::verdict).toList());
    List<Integer> previous =
        Since.of(steps.stream().map(StepView::driftPrevious).map(ConceptView::verdict).toList());
    return IntStream.range(0, steps.size())
        .mapToObj(
            i ->
                step(
                    concept,
                    steps.get(i),
                    steps.get(baseline.get(i)).step(),
                    steps.get(previous.get(i)).step()))
        .toList();
  }

  private static String verdict(CompareView drift) {
    return drift == null ? null : drift.judged().verdict();
  }

  private static Step step(
      ConceptResults concept, StepView step, long sinceBaseline, long sincePrevious) {
    return new Step(
        step.step(),
        step.checkpointId(),
        step.baseline(),
        step.probe().isFinal(),
        step.probe().coverage(),
        step.probe().accuracy(),
        step.probe().macroF1(),
        step.probe().majority(),
        step.transferAccuracy(),
        step.probe().method(),
        step.neurons().reproducibility(),
        step.neurons().reproducibilityReason(),
        step.neurons().layerHistogram(),
        step.neurons().meanLayer(),
        Drift.of(step.driftBaseline(), sinceBaseline),
        Drift.of(step.driftPrevious(), sincePrevious),
        concept.isAlarmed(step.step()));
  }
}
