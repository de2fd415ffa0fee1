package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StepProgressTest {
  private final StepProgress progress = new StepProgress();

  @BeforeAll
  static void trustOurRecords() {
    TopicSerdes.results();
  }

  private static RunStatus status(long step, Stage stage, int rows, String message) {
    return RunStatus.newBuilder()
        .setRun("run")
        .setStep(step)
        .setStage(stage)
        .setRowsSeen(rows)
        .setRowsTotal(100)
        .setConcepts(List.of("upos"))
        .setMessage(message)
        .setAt(Instant.EPOCH)
        .build();
  }

  @Test
  void shouldMoveThroughTheFitToo() {
    assertThat(progress.of(status(20, Stage.EXTRACTING, 0, "100 words"))).isZero();
    double rows = progress.of(status(20, Stage.EXTRACTING, 100, ""));
    double begun = progress.of(status(20, Stage.FITTING, 100, ""));
    double half = progress.of(status(20, Stage.FITTING, 100, "50 % done"));
    double fitted = progress.of(status(20, Stage.FITTING, 100, "100 % done"));

    assertThat(List.of(0.0, rows, half, fitted)).isSorted().doesNotHaveDuplicates();
    assertThat(begun).isEqualTo(rows);
    assertThat(fitted).isEqualTo(1);
  }

  @Test
  void shouldNeverGoBack() {
    double half = progress.of(status(20, Stage.FITTING, 100, "50 % done"));

    assertThat(progress.of(status(20, Stage.EXTRACTING, 10, ""))).isEqualTo(half);
    assertThat(progress.of(status(20, Stage.FITTING, 100, ""))).isEqualTo(half);
  }

  @Test
  void shouldKnowEveryCheckpointByItself() {
    progress.of(status(20, Stage.FITTING, 100, "50 % done"));

    assertThat(progress.of(status(40, Stage.EXTRACTING, 0, ""))).isZero();
  }
}
