package io.salient.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeMetersTest {
  @TempDir Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Path matrices;
  private ProbeMeters meters;

  @BeforeEach
  void start() {
    matrices = folder.resolve("matrices"); // not there before the first checkpoint
    meters = new ProbeMeters(registry, matrices);
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void shouldAddUpTheMatricesOfAllPartitionsAndNothingElse() throws IOException {
    // given
    assertThat(gauge("salient.probe.matrices")).isZero();
    Files.createDirectories(matrices.resolve("0_0"));
    Files.createDirectories(matrices.resolve("0_1"));

    // when
    Files.write(matrices.resolve("0_0/a.matrix"), new byte[100]);
    Files.write(matrices.resolve("0_1/b.matrix"), new byte[20]);
    Files.write(matrices.resolve("0_1/b.scratch"), new byte[7]);

    // then
    assertThat(gauge("salient.probe.matrices")).isEqualTo(120);
  }

  @Test
  void shouldTellTheOldestOfAllPartitions() {
    // given
    assertThat(gauge("salient.probe.unranked.oldest.age")).isZero();
    Instant now = Instant.now();

    // when
    meters.unranked("0_0", 2, now.minus(Duration.ofDays(2)));
    meters.unranked("0_1", 1, now.minus(Duration.ofDays(1)));

    // then
    assertThat(gauge("salient.probe.unranked.checkpoints")).isEqualTo(3);
    assertThat(gauge("salient.probe.unranked.oldest.age"))
        .isGreaterThanOrEqualTo((double) Duration.ofDays(2).toSeconds());

    // when
    meters.unranked("0_0", 0, null);

    // then
    assertThat(gauge("salient.probe.unranked.checkpoints")).isEqualTo(1);
    assertThat(gauge("salient.probe.unranked.oldest.age"))
        .isLessThan((double) Duration.ofDays(2).toSeconds());
  }
}
