package io.salient.lca.drift;

import io.salient.lca.LayerMap;
import io.salient.lca.drift.RankingChange.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one checkpoint brings to a judgement: the rankings of both halves of M splits of its train
 * sentences.
 *
 * @param layers of the model
 * @param labels in the order of their index
 * @param k neurons that lists are cut to
 * @param sentences with train words in the smallest half
 * @param certified true when all rows were there and every half's fit ended at its proved gap
 * @param pairs by split
 */
public record ReplicateHalves(
    LayerMap layers,
    List<String> labels,
    int k,
    int sentences,
    boolean certified,
    List<Pair> pairs) {
  /** A half with fewer sentences says too little. */
  public static final int FEWEST_SENTENCES = 50;

  /** The rankings on the two halves of one split. */
  public record Pair(HalfRanking first, HalfRanking second) {}

  /** Keeps copies of the lists, and checks that there is a split and that all have these labels. */
  public ReplicateHalves {
    labels = List.copyOf(labels);
    pairs = List.copyOf(pairs);
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no split");
    }
    for (Pair pair : pairs) {
      if (pair.first().labels().length != labels.size()
          || pair.second().labels().length != labels.size()) {
        throw new IllegalArgumentException("a half of other labels than " + labels);
      }
    }
  }

  /** Lists over all labels. */
  public HalfLists overall() {
    return new HalfLists(
        pairs.stream().map(pair -> pair.first().overall()).toList(),
        pairs.stream().map(pair -> pair.second().overall()).toList());
  }

  /** Lists of one label; empty ones where it has none. */
  public HalfLists label(int label) {
    return new HalfLists(
        pairs.stream().map(pair -> list(pair.first(), label)).toList(),
        pairs.stream().map(pair -> list(pair.second(), label)).toList());
  }

  private static int[] list(HalfRanking half, int label) {
    return Objects.requireNonNullElseGet(half.labels()[label], () -> new int[0]);
  }

  /** Indices of the labels that have words enough to count. */
  public int[] counted() {
    HalfRanking any = pairs.getFirst().first();
    return IntStream.range(0, labels.size()).filter(l -> any.labels()[l] != null).toArray();
  }

  /** Why this and another checkpoint after it cannot be judged; empty when they can. */
  public Optional<Reason> incomparableWith(ReplicateHalves after) {
    if (!certified || !after.certified) {
      return Optional.of(Reason.PROVISIONAL);
    }
    if (pairs.size() != after.pairs.size()) {
      return Optional.of(Reason.OTHER_SPLITS);
    }
    if (!labels.equals(after.labels)) {
      return Optional.of(Reason.OTHER_LABELS);
    }
    if (counted().length < 2) {
      return Optional.of(Reason.ONE_LABEL);
    }
    if (Math.min(sentences, after.sentences) < FEWEST_SENTENCES) {
      return Optional.of(Reason.FEW_SENTENCES);
    }
    if (!layers.equals(after.layers)) {
      return Optional.of(Reason.OTHER_LAYERS);
    }
    return k == after.k ? Optional.empty() : Optional.of(Reason.OTHER_DEPTH);
  }
}
