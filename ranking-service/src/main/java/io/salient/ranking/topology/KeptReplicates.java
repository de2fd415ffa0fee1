package io.salient.ranking.topology;

import io.salient.lca.drift.HalfRanking;
import io.salient.lca.drift.ReplicateHalves;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SplitRankings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The replicates of a checkpoint, from all the records that hold them.
 *
 * @param parts by number, all of them; one at least
 */
public record KeptReplicates(List<ReplicateRankings> parts) {
  /** Keeps a copy of the list. */
  public KeptReplicates {
    parts = List.copyOf(parts);
  }

  /**
   * Reads those of a checkpoint.
   *
   * @param key of the checkpoint, see {@link StoreKeys}
   * @return null while a part is missing
   */
  static KeptReplicates of(ReadOnlyKeyValueStore<String, ReplicateRankings> store, String key) {
    ReplicateRankings first = store.get(key);
    if (first == null) {
      return null;
    }
    List<ReplicateRankings> parts = new ArrayList<>(List.of(first));
    for (int part = 1; part < first.getParts(); part++) {
      ReplicateRankings next = store.get(StoreKeys.part(key, part));
      if (next == null || !isPartWith(first, next)) {
        return null;
      }
      parts.add(next);
    }
    return new KeptReplicates(parts);
  }

  /** Records of another fit of the same checkpoint may still stand there. */
  private static boolean isPartWith(ReplicateRankings first, ReplicateRankings next) {
    return next.getParts() == first.getParts()
        && next.getK() == first.getK()
        && next.getLabels().equals(first.getLabels())
        && next.getSplits().size() == first.getSplits().size();
  }

  /** Why there are no halves to compare; empty when there are. */
  String problem() {
    ReplicateRankings first = parts.getFirst();
    if (!first.getProblem().isEmpty()) {
      return first.getProblem();
    }
    if (!first.getSplits().isEmpty()) {
      return "";
    }
    return first.getHalves().isEmpty()
        ? "no halves of step " + first.getStep() + " were published"
        : "the halves of step "
            + first.getStep()
            + " were fitted by an earlier version, on one split and without a certificate: extract"
            + " the checkpoint again";
  }

  /** What they bring to a judgement; only where there is no problem. */
  ReplicateHalves halves() {
    ReplicateRankings first = parts.getFirst();
    List<ReplicateHalves.Pair> pairs =
        IntStream.range(0, first.getSplits().size())
            .mapToObj(split -> new ReplicateHalves.Pair(half(split, true), half(split, false)))
            .toList();
    return new ReplicateHalves(
        ReportLayers.of(first),
        first.getLabels(),
        first.getK(),
        first.getSentences(),
        first.getSplits().stream().allMatch(SplitRankings::getConverged),
        pairs);
  }

  private HalfRanking half(int split, boolean isFirst) {
    int[][] labels = new int[parts.getFirst().getLabels().size()][];
    for (ReplicateRankings part : parts) {
      List<List<Integer>> lists = labels(part.getSplits().get(split), isFirst);
      for (int i = 0; i < lists.size(); i++) {
        labels[part.getCounted().get(i)] = ints(lists.get(i));
      }
    }
    return new HalfRanking(ints(overall(parts.getFirst().getSplits().get(split), isFirst)), labels);
  }

  private static List<Integer> overall(SplitRankings of, boolean isFirst) {
    return (isFirst ? of.getFirst() : of.getSecond()).getOverall();
  }

  private static List<List<Integer>> labels(SplitRankings of, boolean isFirst) {
    return (isFirst ? of.getFirst() : of.getSecond()).getLabels();
  }

  private static int[] ints(List<Integer> neurons) {
    return neurons.stream().mapToInt(Integer::intValue).toArray();
  }
}
