package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.probe.PlantedCheckpoint;
import io.salient.schemas.avro.ProbeReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F19: steps out of order. */
class LateBaselineTest {
  @TempDir Path folder;

  @Test
  void shouldApplyTheProbesOfTheLowestStep() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(0)).sendAll(new PlantedCheckpoint(10)).settle();

      assertThat(driver.lastReport(0, "planted").getTransferAccuracy()).isNull();
      ProbeReport report = driver.lastReport(10, "planted");
      assertThat(report.getTransferAccuracy()).isGreaterThan(0.8);
      assertThat(report.getTransferFrom()).isEqualTo("id0");
      assertThat(driver.lastReport(10, "single").getTransferFrom()).isEmpty();
    }
  }

  @Test
  void shouldSendReportsAgainWhenALowerStepComesLate() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(20)).sendAll(new PlantedCheckpoint(10)).settle();
      assertThat(driver.lastReport(20, "planted").getTransferFrom()).isEqualTo("id10");

      driver.sendAll(new PlantedCheckpoint(0)).settle();

      for (long step : new long[] {10, 20}) {
        ProbeReport report = driver.lastReport(step, "planted");
        assertThat(report.getFinal$()).isTrue();
        assertThat(report.getTransferFrom()).isEqualTo("id0");
        assertThat(report.getTransferAccuracy()).isGreaterThan(0.8);
      }
      assertThat(driver.lastReport(0, "planted").getTransferFrom()).isEmpty();
    }
  }

  @Test
  void shouldPreferTheCheckpointAnnouncedAsBaseline() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(0)).sendAll(new PlantedCheckpoint(10, true)).settle();

      assertThat(driver.lastReport(0, "planted").getTransferFrom()).isEqualTo("id10");
      assertThat(driver.lastReport(10, "planted").getTransferFrom()).isEmpty();
    }
  }

  @Test
  void shouldMeasureAfterARestartWhatWasNotMeasuredBefore() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(10)).settle().sendAll(new PlantedCheckpoint(0));
      driver.tick().fit();
      driver.tick(); // step 0 is final; the comparison of step 10 is submitted, not done
      assertThat(driver.lastReport(0, "planted").getFinal$()).isTrue();
      assertThat(driver.lastReport(10, "planted").getTransferFrom()).isEmpty();

      driver.crash().settle();

      assertThat(driver.lastReport(10, "planted").getTransferFrom()).isEqualTo("id0");
    }
  }
}
