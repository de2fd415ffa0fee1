package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.Optional;

/**
 * The LCA ranking in the coarse steps of NeuroX's {@code get_neuron_ordering}: for p = 0, 1, .. 100
 * the union over labels of the top neurons that hold p % of the label's mass; what is new at a step
 * is one chunk. A neuron comes at the step that is the least over labels of
 *
 * <p>chunk = 0 if F = 0, else floor(100 F) + 1,
 *
 * <p>where F is the share of the label's mass strictly before it, with the larger index first among
 * equal weights, as a reversed stable sort has it. Its score is its chunk / 100; inside a chunk,
 * neurons stand by index.
 *
 * <p><b>What parity cannot promise.</b>
 *
 * <ul>
 *   <li>The order inside a chunk: NeuroX iterates over a hash set.
 *   <li>The order of equal weights: NeuroX sorts with an unstable sort, which keeps equal weights
 *       in place, reversed, only in lists of up to 16.
 *   <li>Neurons within rounding of a step's border: NeuroX adds up masses in float32 (and, by
 *       version of NumPy, multiplies by p in float32 or float64), this in double. A neuron may come
 *       one step earlier or later.
 *   <li>Neurons whose weight is 0 for every label: NeuroX leaves them out, unless the last float32
 *       sum of some label falls short of its total, in which case they come with the last step.
 *       Here they stand at the end, in chunk 101.
 * </ul>
 */
public final class NeuroxRanker {
  private static final int STEPS = 100;

  private final int[] chunks;
  private int labels;

  /** A ranker of D neurons. */
  public NeuroxRanker(int width) {
    chunks = new int[width];
    Arrays.fill(chunks, STEPS + 1);
  }

  /** Takes a label into the union; a row of zeros ranks nothing. */
  public void add(float[] weights) {
    if (weights.length != chunks.length) {
      throw new IllegalArgumentException(
          "a label of " + weights.length + " neurons in a ranking of " + chunks.length);
    }
    int[] order = NeuronSort.byDescendingMagnitudeLastFirst(weights);
    double total = 0;
    for (int neuron : order) {
      total += Math.abs((double) weights[neuron]);
    }
    labels += order.length == 0 ? 0 : 1;
    double before = 0;
    for (int neuron : order) {
      int chunk = before == 0 ? 0 : (int) Math.floor(STEPS * before / total) + 1;
      chunks[neuron] = Math.min(chunks[neuron], chunk);
      before += Math.abs((double) weights[neuron]);
    }
  }

  /** The ranking of what was added; empty when no label ranked anything. */
  public Optional<NeuronRanking> ranking() {
    double[] scores = Arrays.stream(chunks).mapToDouble(chunk -> chunk / (double) STEPS).toArray();
    return labels == 0 ? Optional.empty() : Optional.of(NeuronRanking.ofScores(scores));
  }
}
