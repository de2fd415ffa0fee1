package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Neurons of one concept at one checkpoint, over all labels or of one, beside the baseline: a part
 * of those that a result lists (salient.ranking.top).
 *
 * @param run training run
 * @param concept the concept
 * @param step training step
 * @param checkpointId SHA-256 of the weights
 * @param isFinal false while rows are still missing
 * @param label the label; null for the ranking over all labels
 * @param labels all that the concept has, by name
 * @param baselineStep what ranks are beside; null for the baseline itself, and where its model has
 *     other layers
 * @param listed neurons that the result lists
 * @param total how many of them were found
 * @param offset how many of these stand before the first given
 * @param textShown false where words of the corpus are not told (salient.ranking.show-text)
 * @param neurons those found, from the offset on
 * @param left listed at the baseline and not any more, by rank there; empty without a baseline
 */
public record NeuronTable(
    String run,
    String concept,
    long step,
    String checkpointId,
    @JsonProperty("final") boolean isFinal,
    String label,
    List<String> labels,
    Long baselineStep,
    int listed,
    int total,
    int offset,
    boolean textShown,
    List<Row> neurons,
    List<Gone> left) {

  /**
   * One neuron.
   *
   * @param rank 1 is the most salient
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param score over all labels; null for a label
   * @param weight signed, in standardised space; null over all labels
   * @param mass share of the label's weight from the strongest neuron to this one; null over all
   *     labels
   * @param baselineRank at the baseline; null where it is not listed there, or there is nothing to
   *     compare with
   * @param entered true when the baseline does not list it; null where there is nothing to compare
   *     with
   * @param labels those half of whose weight it helps to hold
   * @param cluster its number among the clusters of the checkpoint; null where none were asked for
   * @param words it fires for, strongest first; empty where they were not evaluated
   */
  public record Row(
      int rank,
      int layer,
      int unit,
      Double score,
      Float weight,
      Double mass,
      Integer baselineRank,
      Boolean entered,
      List<String> labels,
      Integer cluster,
      List<String> words) {}

  /**
   * A neuron that left the list.
   *
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param baselineRank at the baseline
   * @param rank now; null where it is not known
   */
  public record Gone(int layer, int unit, int baselineRank, Integer rank) {}
}
