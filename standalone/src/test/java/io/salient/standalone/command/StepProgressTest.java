package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StepProgressTest {
  private static final Set<String> NOISE = Set.of("noise");

  private final StepProgress progress = new StepProgress();

  @BeforeAll
  static void trustOurRecords() {
    TopicSerdes.results();
  }

  @Test
  void shouldMoveThroughTheTiersToo() {
    // given, when
    double nothing = progress.of(extracting(20, 0), NOISE);
    double rows = progress.of(extracting(20, 100), NOISE);
    double begun = progress.of(fitting(20, 0, 0), NOISE);
    double half = progress.of(fitting(20, 50, 0), NOISE);
    double ranked = progress.of(fitting(20, 100, 0), NOISE);
    double noise = progress.of(fitting(20, 100, 100), NOISE);

    // then
    assertThat(List.of(nothing, rows, half, ranked, noise)).isSorted().doesNotHaveDuplicates();
    assertThat(nothing).isZero();
    assertThat(begun).isEqualTo(rows);
    assertThat(noise).isEqualTo(1);
  }

  @Test
  void shouldCountOnlyTiersThatAreWaitedFor() {
    assertThat(progress.of(fitting(20, 100, 0), Set.of())).isEqualTo(1);
  }

  @Test
  void shouldNeverGoBack() {
    double half = progress.of(fitting(20, 50, 0), NOISE);

    assertThat(progress.of(extracting(20, 10), NOISE)).isEqualTo(half);
    assertThat(progress.of(fitting(20, 0, 0), NOISE)).isEqualTo(half);
  }

  @Test
  void shouldKnowEveryCheckpointByItself() {
    progress.of(fitting(20, 50, 0), NOISE);

    assertThat(progress.of(extracting(40, 0), NOISE)).isZero();
  }

  private static RunStatus extracting(long step, int rows) {
    return status(step, Stage.EXTRACTING, rows, List.of());
  }

  private static RunStatus fitting(long step, int finalPercent, int noisePercent) {
    return status(
        step,
        Stage.FITTING,
        100,
        List.of(tier("final", finalPercent), tier("noise", noisePercent)));
  }

  private static TierStatus tier(String name, int percent) {
    return TierStatus.newBuilder()
        .setTier(name)
        .setState(percent == 100 ? TierState.DONE : TierState.RUNNING)
        .setPercent(percent)
        .build();
  }

  private static RunStatus status(long step, Stage stage, int rows, List<TierStatus> tiers) {
    return RunStatus.newBuilder()
        .setRun("run")
        .setStep(step)
        .setStage(stage)
        .setRowsSeen(rows)
        .setRowsTotal(100)
        .setConcepts(List.of("upos"))
        .setTiers(tiers)
        .setAt(Instant.EPOCH)
        .build();
  }
}
