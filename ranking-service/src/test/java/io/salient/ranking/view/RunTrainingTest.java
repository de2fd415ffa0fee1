package io.salient.ranking.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TrainingLog;
import io.salient.schemas.avro.TrainingPoint;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunTrainingTest {
  @Test
  void shouldJoinWhatTheCheckpointsTell() {
    // given: the second tells of a step that the first told of too
    RunStatus first = status(20, point(10, 2), point(20, 1.5));
    RunStatus second = status(40, point(20, 1.4), point(40, 1));

    // when
    RunTraining training = RunTraining.of("run", List.of(first, second, status(60)));

    // then
    assertThat(training.series()).extracting(RunTraining.Series::name).containsExactly("loss");
    assertThat(training.series().getFirst().points())
        .containsExactly(
            new RunTraining.Point(10, 0.1, 2),
            new RunTraining.Point(20, 0.2, 1.4),
            new RunTraining.Point(40, 0.4, 1));
  }

  @Test
  void shouldKeepFirstAndLastOfManyPoints() {
    TrainingPoint[] points =
        LongStream.range(0, 4_000).mapToObj(i -> point(i, 1.0)).toArray(TrainingPoint[]::new);

    List<RunTraining.Point> kept =
        RunTraining.of("run", List.of(status(4_000, points))).series().getFirst().points();

    assertThat(kept).hasSize(500);
    assertThat(kept.getFirst().step()).isZero();
    assertThat(kept.getLast().step()).isEqualTo(3_999);
  }

  @Test
  void shouldTellWhatWasLoggedLastOfEachName() {
    TrainingPoint evaluated = new TrainingPoint(10L, null, Map.of("eval_f1", 0.5));

    assertThat(RunTraining.Logged.of(new TrainingLog(List.of(evaluated, point(20, 1)))))
        .isEqualTo(new RunTraining.Logged(0.2, Map.of("eval_f1", 0.5, "loss", 1.0)));
    assertThat(RunTraining.Logged.of(null)).isNull();
  }

  private static TrainingPoint point(long step, double loss) {
    return new TrainingPoint(step, step / 100.0, Map.of("loss", loss));
  }

  private static RunStatus status(long step, TrainingPoint... points) {
    RunStatus status = Probes.atStep(step).status(Stage.RANKED, 1);
    status.setTraining(points.length == 0 ? null : new TrainingLog(List.of(points)));
    return status;
  }
}
