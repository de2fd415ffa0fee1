package io.salient.ranking.topology;

import io.salient.ranking.Probes;
import io.salient.schemas.avro.HalfRanking;
import io.salient.schemas.avro.LabelAnswers;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SplitRankings;
import io.salient.schemas.avro.TestGroups;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Records of a model of 3 layers x 4 units that drift is judged by, given rather than fitted. */
public final class GivenHalves {
  public static final List<Integer> HERE = List.of(0, 1, 2, 3);
  public static final List<Integer> TURNED = List.of(3, 2, 1, 0);
  public static final List<Integer> ELSEWHERE = List.of(8, 9, 10, 11);
  public static final int SPLITS = 3;

  private GivenHalves() {}

  /** The same list in both halves of every split, over all labels and of A and B, which count. */
  public static ReplicateRankings replicates(long step, List<Integer> list, boolean converged) {
    HalfRanking half = new HalfRanking(list, List.of(list, list));
    SplitRankings split =
        SplitRankings.newBuilder()
            .setFirst(half)
            .setSecond(half)
            .setGap(5e-4)
            .setConverged(converged)
            .build();
    return common(step)
        .setSplits(Collections.nCopies(SPLITS, split))
        .setSentences(60)
        .setCounted(List.of(0, 1))
        .build();
  }

  public static ReplicateRankings ofVersionBefore(long step) {
    HalfRanking half = new HalfRanking(HERE, List.of(HERE, HERE, List.of()));
    return common(step).setHalves(List.of(half, half)).build();
  }

  public static ReplicateRankings.Builder common(long step) {
    Probes fit = Probes.atStep(step);
    return ReplicateRankings.newBuilder()
        .setRun(fit.run())
        .setStep(step)
        .setCheckpointId(fit.checkpointId())
        .setConcept(fit.concept())
        .setLayers(Probes.LAYERS)
        .setHiddenSize(Probes.HIDDEN)
        .setK(4)
        .setLabels(Probes.LABELS);
  }

  /** Of 100 words in each of 20 groups, of which 20 have the commonest label. */
  public static ProbeReport report(long step, int transferred, int right) {
    return Probes.atStep(step)
        .reportBuilder()
        .setTransferFrom(step == 0 ? "" : "id0")
        .setTestGroups(
            TestGroups.newBuilder()
                .setSentences(IntStream.range(0, 20).boxed().toList())
                .setWords(Collections.nCopies(20, 100))
                .setRight(groups(right))
                .setMajority(groups(20))
                .setTransferRight(step == 0 ? List.of() : groups(transferred))
                .setLabels(List.of(ofLabel(0, step, transferred, right), ofLabel(1, step, 90, 90)))
                .build())
        .build();
  }

  /** Half of the words of a group have it, and as many are said to. */
  private static LabelAnswers ofLabel(int label, long step, int transferred, int right) {
    return LabelAnswers.newBuilder()
        .setLabel(label)
        .setPresent(Collections.nCopies(20, 50))
        .setRight(groups(right / 2))
        .setSaid(Collections.nCopies(20, 50))
        .setTransferRight(step == 0 ? List.of() : groups(transferred / 2))
        .setTransferSaid(step == 0 ? List.of() : Collections.nCopies(20, 50))
        .build();
  }

  static List<Integer> groups(int right) {
    return IntStream.range(0, 20).mapToObj(i -> right + i % 3 - 1).toList();
  }
}
