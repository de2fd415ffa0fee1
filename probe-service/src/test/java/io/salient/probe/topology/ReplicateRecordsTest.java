package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.drift.HalfRanking;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.Evaluation;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.optimiser.Certificate;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.Replicates;
import io.salient.probe.training.Tier;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.ReplicateRankings;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReplicateRecordsTest {
  private static final AvroSerde<ReplicateRankings> SERDE = AvroSerde.of(ReplicateRankings.class);

  @Test
  void shouldHoldAHundredAndFiftyLabelsOfBertInOneRecord() {
    // given: D = 9,984, 5 splits, 100 neurons of each
    List<ReplicateRankings> records = records(150, 5);

    // then
    assertThat(records).hasSize(1);
    assertThat(SERDE.encode(records.getFirst()).length).isBetween(300_000, 460_000);
  }

  @Test
  void shouldSplitVeryManyLabelsOverRecordsThatKafkaTakes() {
    // given
    List<ReplicateRankings> records = records(1_000, 5);

    // then: together they hold every label once, the first one the lists over all labels
    assertThat(records).hasSizeGreaterThan(1);
    assertThat(records).allMatch(record -> SERDE.encode(record).length < 900_000);
    assertThat(records).allMatch(record -> record.getParts() == records.size());
    assertThat(records)
        .extracting(ReplicateRankings::getPart)
        .containsExactlyElementsOf(IntStream.range(0, records.size()).boxed().toList());
    assertThat(records.stream().flatMap(record -> record.getCounted().stream()))
        .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    assertThat(records.getFirst().getSplits().getFirst().getFirst().getOverall()).hasSize(100);
    assertThat(records.getLast().getSplits().getFirst().getFirst().getOverall()).isEmpty();
  }

  private static List<ReplicateRankings> records(int labels, int splits) {
    Random random = new Random(1);
    List<Replicates.Pair> pairs =
        IntStream.range(0, splits)
            .mapToObj(
                split ->
                    new Replicates.Pair(
                        half(labels, random), half(labels, random), OptionalDouble.of(5e-4), true))
            .toList();
    return ReplicateRecords.of(
        job(), result(labels), new Replicates(RankingMethod.CONTRIBUTION, 100, 700, pairs, ""));
  }

  private static HalfRanking half(int labels, Random random) {
    int[][] lists = new int[labels][];
    for (int label = 0; label < labels; label++) {
      lists[label] = list(random);
    }
    return new HalfRanking(list(random), lists);
  }

  private static int[] list(Random random) {
    return random.ints(0, 9_984).distinct().limit(100).toArray();
  }

  private static FitJob job() {
    ExtractionStarted started =
        ExtractionStarted.newBuilder(new PlantedCheckpoint(0).started())
            .setLayers(13)
            .setHiddenSize(768)
            .build();
    return new FitJob(
        Tier.NOISE,
        "key",
        started,
        List.of(0),
        new BitSet(),
        Path.of("matrix"),
        true,
        new FitJob.Log(new TopicPartition("activations", 0), 0, 1),
        Map.of(),
        Map.of(),
        List.of(),
        RankingMethod.CONTRIBUTION);
  }

  private static FitResult.Fitted result(int labels) {
    List<String> names = IntStream.range(0, labels).mapToObj(l -> "label " + l).toList();
    OptionalDouble none = OptionalDouble.empty();
    return new FitResult.Fitted(
        new Probe("planted", names, new float[labels][], new float[labels]),
        new Certificate(1, 1e-4, 1e-4, 10, true),
        new Evaluation(0, 0, 0, none, none, none, none, List.of(), Answers.NONE, Answers.NONE),
        ProbedNeurons.UNKNOWN,
        1);
  }
}
