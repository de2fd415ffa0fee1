package io.salient.ranking.topology;

import io.salient.lca.ranking.NeuronRanking;
import io.salient.streams.state.StateFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A full ranking as it is kept: the order of all D neurons, how many of them are ranked, and which
 * share their score with the neuron before. All measures of drift, Spearman's with its ties
 * included, need no more of the scores than that; and 131,000 neurons stay at 540 KB, under Kafka's
 * default record limit.
 *
 * <pre>
 * offset 0       1 byte    version, 2; version 1 has no number of ranked neurons: all are
 * offset 1       4 bytes   D, big-endian like all that follows
 * offset 5       4 bytes   neurons that are ranked: the first so many
 * offset 9 + 4i  4 bytes   neuron at place i (0 is the most salient)
 * offset 9 + 4D  the rest  bit i, lowest bit of the first byte first: the neuron at place i has the
 *                          score of the one at place i - 1; trailing zero bytes are left out
 * </pre>
 */
public final class RankingOrder {
  /** Raise it when the layout changes, and go on reading the ones before. */
  static final byte VERSION = 2;

  /** The version that ranked every neuron. */
  private static final byte ALL_RANKED = 1;

  private static final int HEADER = 9;

  private final int[] order;
  private final int size;
  private final BitSet tied;

  private RankingOrder(int[] order, int size, BitSet tied) {
    this.order = order;
    this.size = size;
    this.tied = tied;
  }

  /** What is to be kept of a ranking. */
  public static RankingOrder of(NeuronRanking ranking) {
    BitSet tied = new BitSet(ranking.width());
    for (int place = 1; place < ranking.width(); place++) {
      double before = ranking.scoreOf(ranking.neuronAt(place - 1));
      tied.set(place, ranking.scoreOf(ranking.neuronAt(place)) == before);
    }
    return new RankingOrder(ranking.order(), ranking.size(), tied);
  }

  /**
   * Where nothing is ranked: all neurons are tied behind the ranked ones, of which there are none.
   */
  static RankingOrder ofNothing(int width) {
    int[] order = new int[width];
    Arrays.setAll(order, neuron -> neuron);
    BitSet tied = new BitSet(width);
    tied.set(1, Math.max(1, width));
    return new RankingOrder(order, 0, tied);
  }

  /** Number of neurons D. */
  public int width() {
    return order.length;
  }

  /** All neurons, the most salient first, those without weight last; not to be changed. */
  public int[] order() {
    return order;
  }

  /** The first k neurons, or all that are ranked when there are fewer. */
  public int[] top(int k) {
    return Arrays.copyOf(order, Math.min(k, size));
  }

  /** All neurons that are ranked, the most salient first. */
  public int[] ranked() {
    return top(size);
  }

  /** By neuron, numbers that are ordered and tied as the scores were. */
  public double[] tiers() {
    double[] tiers = new double[order.length];
    int tier = 0;
    for (int place = 0; place < order.length; place++) {
      tier += place > 0 && !tied.get(place) ? 1 : 0;
      tiers[order[place]] = tier;
    }
    return tiers;
  }

  /** By neuron, its rank from 1. */
  public int[] ranks() {
    int[] ranks = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      ranks[order[place]] = place + 1;
    }
    return ranks;
  }

  static Serde<RankingOrder> serde() {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : value.bytes(),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  byte[] bytes() {
    byte[] ties = tied.toByteArray();
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + Integer.BYTES * order.length + ties.length);
    buffer.put(VERSION).putInt(order.length).putInt(size);
    Arrays.stream(order).forEach(buffer::putInt);
    return buffer.put(ties).array();
  }

  static RankingOrder read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte version = buffer.get();
    if (version < ALL_RANKED || version > VERSION) {
      throw new StateFormatException("order." + version, RankingStores.ORDERS, "");
    }
    int[] order = new int[buffer.getInt()];
    int size = version == ALL_RANKED ? order.length : buffer.getInt();
    Arrays.setAll(order, place -> buffer.getInt());
    return new RankingOrder(order, size, BitSet.valueOf(buffer));
  }
}
