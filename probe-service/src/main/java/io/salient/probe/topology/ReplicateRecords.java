package io.salient.probe.topology;

import io.salient.lca.drift.HalfRanking;
import io.salient.lca.probe.FitResult;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.Replicates;
import io.salient.probe.training.StartedLayers;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SplitRankings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rankings of replicates as records. One record holds all lists where they fit; otherwise each
 * holds those of some labels, the first one those over all labels too.
 */
final class ReplicateRecords {
  /** What lists of one record may take; with names and the rest it stays under 900 KB. */
  private static final int MOST_BYTES = 600_000;

  /** Largest encoding of the length of a list. */
  private static final int LENGTH_BYTES = 4;

  private ReplicateRecords() {}

  /** What came of one concept. */
  static List<ReplicateRankings> of(FitJob job, FitResult.Fitted result, Replicates replicates) {
    return of(job, result, replicates, MOST_BYTES);
  }

  /** The same with lists of at most so many bytes in one record. */
  static List<ReplicateRankings> of(
      FitJob job, FitResult.Fitted result, Replicates replicates, int most) {
    ExtractionStarted started = job.started();
    int[] counted = counted(replicates);
    int bytes =
        2
            * replicates.pairs().size()
            * (replicates.k() * neuronBytes(StartedLayers.of(started).width()) + LENGTH_BYTES);
    int perRecord = Math.max(1, (most - bytes) / Math.max(1, bytes));
    int parts = Math.max(1, (counted.length + perRecord - 1) / perRecord);
    List<ReplicateRankings> records = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = part * perRecord;
      int[] labels = Arrays.copyOfRange(counted, from, Math.min(counted.length, from + perRecord));
      boolean first = part == 0;
      records.add(
          common(started, result)
              .setMethod(replicates.method().text())
              .setK(replicates.k())
              .setSentences(replicates.sentences())
              .setPart(part)
              .setParts(parts)
              .setCounted(boxed(labels))
              .setSplits(
                  replicates.pairs().stream().map(pair -> split(pair, labels, first)).toList())
              .setProblem(replicates.problem())
              .build());
    }
    return records;
  }

  /** That there is nothing to measure noise by, so that nobody waits for it. */
  static ReplicateRankings none(ExtractionStarted started, FitResult.Fitted result, String why) {
    return common(started, result)
        .setK(HalfRanking.depth(StartedLayers.of(started).width()))
        .setProblem(why)
        .build();
  }

  private static ReplicateRankings.Builder common(
      ExtractionStarted started, FitResult.Fitted result) {
    return ReplicateRankings.newBuilder()
        .setRun(started.getRun())
        .setStep(started.getStep())
        .setCheckpointId(started.getCheckpointId())
        .setConcept(result.concept())
        .setLayers(started.getLayers())
        .setHiddenSize(started.getHiddenSize())
        .setLayerNumbers(started.getLayerNumbers())
        .setLabels(result.probe().labels());
  }

  /** Labels that have words enough to count: the same in every half. */
  private static int[] counted(Replicates replicates) {
    if (replicates.pairs().isEmpty()) {
      return new int[0];
    }
    int[][] lists = replicates.pairs().getFirst().first().labels();
    return IntStream.range(0, lists.length).filter(label -> lists[label] != null).toArray();
  }

  /** Of the largest index: seven bits of its double in each byte. */
  private static int neuronBytes(int width) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(2 * width) + 6) / 7;
  }

  private static SplitRankings split(Replicates.Pair pair, int[] labels, boolean withOverall) {
    return SplitRankings.newBuilder()
        .setFirst(half(pair.first(), labels, withOverall))
        .setSecond(half(pair.second(), labels, withOverall))
        .setGap(pair.gap().isPresent() ? pair.gap().getAsDouble() : null)
        .setConverged(pair.converged())
        .build();
  }

  private static io.salient.schemas.avro.HalfRanking half(
      HalfRanking ranking, int[] labels, boolean withOverall) {
    return new io.salient.schemas.avro.HalfRanking(
        withOverall ? boxed(ranking.overall()) : List.of(),
        IntStream.of(labels).mapToObj(label -> boxed(ranking.labels()[label])).toList());
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
