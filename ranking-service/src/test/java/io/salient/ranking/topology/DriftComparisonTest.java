package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.RankSimilarity;
import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.MovedNeuron;
import io.salient.schemas.avro.NeuronDrift;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which checkpoints are compared, and what holds when others come. */
class DriftComparisonTest {
  private final RankingDriver driver = new RankingDriver(5);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldCompareWithTheBaselineAndTheStepBefore() {
    // given
    Probes first = Probes.atStep(0);
    Probes second = Probes.atStep(20);
    Probes third = Probes.atStep(60);

    // when
    driver.send(first).send(second);
    third.records().stream().limit(3).forEach(probe -> driver.send(third.key(), probe));
    driver.send(
        third.key(), third.reportBuilder().setTransferAccuracy(0.7).setTransferFrom("id0").build());

    // then
    NeuronDrift baseline = driver.drift(60, Kind.DRIFT_BASELINE);
    NeuronRanking before = LcaRanker.rank(first.weights(), new int[3], 0).orElseThrow();
    NeuronRanking after = LcaRanker.rank(third.weights(), new int[3], 0).orElseThrow();
    assertThat(baseline.getOtherStep()).isZero();
    assertThat(baseline.getOtherCheckpointId()).isEqualTo("id0");
    assertThat(baseline.getK()).isEqualTo(5);
    assertThat(baseline.getFinal$()).isTrue();
    assertThat(baseline.getJaccard())
        .isEqualTo(RankSimilarity.jaccard(before.top(5), after.top(5)));
    assertThat(baseline.getJaccardChance()).isEqualTo(5 / 19.0);
    assertThat(baseline.getRbo())
        .isEqualTo(
            RankSimilarity.rboOfFirst(
                before.top(12), after.top(12), RankSimilarity.persistence(5)));
    assertThat(baseline.getSpearman())
        .isEqualTo(
            RankSimilarity.spearman(before.scores(), after.scores()).orElseThrow(), within(1e-12));
    assertThat(baseline.getMeanLayerShift())
        .isEqualTo(
            driver.neurons(60).getMeanLayer() - driver.neurons(0).getMeanLayer(), within(1e-12));
    assertThat(baseline.getAccuracyBefore()).isEqualTo(0.9);
    assertThat(baseline.getAccuracyAfter()).isEqualTo(third.report().getAccuracy());
    assertThat(baseline.getTransferAccuracy()).isEqualTo(0.7);
    assertThat(baseline.getEntered()).hasSameSizeAs(baseline.getLeft());
    assertThat(baseline.getEntered()).allMatch(n -> n.getRankAfter() <= 5 && n.getRankBefore() > 5);
    assertThat(baseline.getLeft()).allMatch(n -> n.getRankBefore() <= 5 && n.getRankAfter() > 5);
    assertThat(baseline.getEntered()).extracting(MovedNeuron::getRankAfter).isSorted();

    NeuronDrift previous = driver.drift(60, Kind.DRIFT_PREVIOUS);
    assertThat(previous.getOtherStep()).isEqualTo(20);
    assertThat(previous.getTransferAccuracy()).isNull();
    assertThat(driver.drift(0, Kind.DRIFT_BASELINE)).isNull();
    assertThat(driver.drift(0, Kind.DRIFT_PREVIOUS)).isNull();
  }

  @Test // F19
  void shouldEndWithTheSameResultsWhateverTheOrderOfSteps() {
    // given: a flagged baseline in the middle, provisional fits, and a step saved twice
    List<Probes> fits =
        List.of(
            Probes.atStep(0).seen(0.1f),
            Probes.atStep(0),
            Probes.atStep(500),
            Probes.atStep(1000).asBaseline(),
            Probes.atStep(1500).seen(0.5f),
            Probes.atStep(1500),
            Probes.atStep(500).ofCheckpoint("resaved").announced(9000));
    fits.forEach(driver::send);
    Map<String, byte[]> expected = driver.results();
    assertThat(expected).hasSize(4 + 3 + 3);

    Random random = new Random(8);
    for (int round = 0; round < 30; round++) {
      try (RankingDriver other = new RankingDriver(5)) {
        // when
        List<Probes> shuffled = new ArrayList<>(fits);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(other::send);

        // then
        assertThat(other.results()).containsExactlyEntriesOf(expected);
      }
    }
  }

  @Test
  void shouldRemoveADriftThatNoLongerHolds() {
    // given: step 20 drifted from step 0
    driver.send(Probes.atStep(0)).send(Probes.atStep(20));
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE)).isNotNull();

    // when: the same checkpoint is announced again, as the baseline
    driver.send(Probes.atStep(20).asBaseline().announced(99));

    // then
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE)).isNull();
    assertThat(driver.drift(0, Kind.DRIFT_BASELINE).getOtherStep()).isEqualTo(20);
  }

  @Test // F18
  void shouldKeepBothCheckpointsOfAResavedStep() {
    // given
    Probes old = Probes.atStep(20).ofCheckpoint("old").announced(1);
    Probes resaved = Probes.atStep(20).ofCheckpoint("new").announced(2);

    // when: the one announced first is ranked last
    driver.send(resaved).send(old);

    // then
    assertThat(driver.neurons(20).getCheckpointId()).isEqualTo("new");
    KeptRankings kept = driver.kept();
    assertThat(kept.neurons().get(StoreKeys.checkpoint(old.report()))).isNotNull();
    assertThat(kept.neurons().get(StoreKeys.checkpoint(resaved.report()))).isNotNull();
  }
}
