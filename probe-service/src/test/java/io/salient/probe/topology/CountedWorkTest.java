package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.probe.FitSettings;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.training.Tier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people alert on: work that does not come to its end. */
class CountedWorkTest {
  private static final PlantedCheckpoint CHECKPOINT = new PlantedCheckpoint(0);

  private static final FitSettings ONE_EVALUATION = oneEvaluation(FitSettings.defaults());

  @TempDir Path folder;

  private static FitSettings oneEvaluation(FitSettings of) {
    return new FitSettings(
        of.l1(),
        of.l2(),
        of.standardize(),
        of.minLabelCount(),
        of.tolerance(),
        1,
        of.maxLabels(),
        of.penalty(),
        of.method());
  }

  @Test
  void shouldTellWhatIsNotRankedAcrossACrash() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      // given: a checkpoint whose rows are still coming
      driver.send(CHECKPOINT.started()).count();
      assertThat(driver.unranked).isEqualTo(1);
      assertThat(driver.oldestUnranked).isEqualTo(CHECKPOINT.started().getAnnouncedAt());

      // when
      driver.crash().count();

      // then
      assertThat(driver.unranked).isEqualTo(1);

      // when
      CHECKPOINT.blocks().forEach(driver::send);
      driver.settle().count();

      // then
      assertThat(driver.unranked).isZero();
      assertThat(driver.oldestUnranked).isNull();
    }
  }

  @Test
  void shouldCountFitsThatDidNotConverge() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      // given
      driver.sendAll(CHECKPOINT).settle();
      assertThat(driver.unconverged).containsEntry(Tier.FINAL, 0);

      // when: one evaluation is never enough
      driver.crash(ONE_EVALUATION).sendAll(new PlantedCheckpoint(20)).settle();

      // then
      assertThat(driver.unconverged.get(Tier.FINAL)).isPositive();
    }
  }
}
