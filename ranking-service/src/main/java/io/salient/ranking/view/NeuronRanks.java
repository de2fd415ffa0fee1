package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ranks of some neurons over the steps of a run, in one concept, over all labels or of one.
 *
 * @param run training run
 * @param concept the concept
 * @param label the label; null for the ranking over all labels
 * @param step whose first neurons these are
 * @param steps those ranked, ascending
 * @param neurons the first of the step, the most salient first
 */
public record NeuronRanks(
    String run, String concept, String label, long step, List<Step> steps, List<Line> neurons) {

  /**
   * A step.
   *
   * @param step training step
   * @param isFinal false while rows are still missing
   * @param listed how many neurons its result lists; 0 where it has no such label
   */
  public record Step(long step, @JsonProperty("final") boolean isFinal, int listed) {}

  /**
   * A neuron.
   *
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param ranks by step, 1 is the most salient; null where it is not listed
   */
  public record Line(int layer, int unit, List<Integer> ranks) {}

  /**
   * Ranks of the first neurons of a step.
   *
   * @param ranked all steps, ascending
   * @param chosen one of them
   * @param label null for the ranking over all labels
   * @param top how many neurons
   * @return empty where the step has no such label
   */
  public static Optional<NeuronRanks> of(
      List<SalientNeurons> ranked, SalientNeurons chosen, String label, int top) {
    return NeuronList.of(chosen, label)
        .map(
            list ->
                of(
                    ranked,
                    chosen,
                    label,
                    list.neurons().stream().limit(top).map(NeuronList.One::place).toList()));
  }

  static NeuronRanks of(
      List<SalientNeurons> ranked,
      SalientNeurons chosen,
      String label,
      Collection<ClustersView.Place> places) {
    List<Map<ClustersView.Place, Integer>> ranks =
        ranked.stream()
            .map(one -> NeuronList.of(one, label).map(NeuronList::ranks).orElse(Map.of()))
            .toList();
    List<Step> steps =
        ranked.stream()
            .map(
                one ->
                    new Step(
                        one.getStep(),
                        one.getReport().getFinal$(),
                        NeuronList.of(one, label).map(NeuronList::size).orElse(0)))
            .toList();
    return new NeuronRanks(
        chosen.getRun(),
        chosen.getConcept(),
        label,
        chosen.getStep(),
        steps,
        places.stream()
            .map(
                place ->
                    new Line(
                        place.layer(),
                        place.unit(),
                        ranks.stream().map(of -> of.get(place)).toList()))
            .toList());
  }
}
