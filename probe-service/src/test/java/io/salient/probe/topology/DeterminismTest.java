package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.ranking.NeuronSelector;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.training.Clustering;
import io.salient.schemas.avro.ActivationBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same input gives the same final bytes, with all that rides along: control tasks, replicates,
 * every evaluation, other methods, a selector.
 */
class DeterminismTest {
  private static final ProbeDriver.Options EVERYTHING =
      new ProbeDriver.Options(
          Set.of(),
          1L << 30,
          Analysis.FULL,
          3,
          new Clustering(Optional.of(0.5)),
          true,
          List.of(RankingMethod.PROBELESS, RankingMethod.GAUSSIAN),
          Optional.of(NeuronSelector.of("random:3")));

  @TempDir Path folder;

  @Test
  void shouldEndWithTheSameBytesWhateverTheOrderTheDuplicatesAndACrash() {
    // given: a baseline, whose replicates measure noise, and a later step
    Map<String, byte[]> first;
    Map<String, byte[]> second;
    try (ProbeDriver driver = new ProbeDriver(folder.resolve("plain"), EVERYTHING)) {
      driver.sendAll(new PlantedCheckpoint(0, true)).settle();
      driver.sendAll(new PlantedCheckpoint(100)).settle();
      first = driver.finalBytes(0);
      second = driver.finalBytes(100);
    }
    assertThat(first)
        .containsOnlyKeys(
            "planted",
            "planted evaluation",
            "planted replicates",
            "planted/A",
            "planted/B",
            "single",
            "single evaluation");
    assertThat(second).containsOnlyKeys(first.keySet());

    for (int seed = 0; seed < 3; seed++) {
      // when: fits in between, in another order, some blocks twice, and once a crash
      try (ProbeDriver driver = new ProbeDriver(folder.resolve("order" + seed), EVERYTHING)) {
        send(driver, new PlantedCheckpoint(0, true), seed);
        send(driver, new PlantedCheckpoint(100), seed + 10);

        // then
        assertThat(driver.finalBytes(0)).containsExactlyInAnyOrderEntriesOf(first);
        assertThat(driver.finalBytes(100)).containsExactlyInAnyOrderEntriesOf(second);
      }
    }
  }

  private static void send(ProbeDriver driver, PlantedCheckpoint checkpoint, int seed) {
    List<ActivationBlock> blocks = new ArrayList<>(checkpoint.blocks());
    blocks.addAll(checkpoint.blocks().subList(seed % 4, 7));
    Collections.shuffle(blocks, new Random(seed));
    driver.send(checkpoint.started());
    blocks.subList(0, 6).forEach(block -> driver.send(block).settle());
    if (seed % 2 == 0) {
      driver.crash();
    }
    blocks.subList(6, blocks.size()).forEach(driver::send);
    driver.settle();
  }
}
