package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.avro.TrainingLog;
import io.salient.schemas.avro.TrainingPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingHistoryTest {
  @TempDir Path folder;

  @Test
  void shouldReadWhatWasLoggedSinceTheCheckpointBefore() throws IOException {
    // given: the Trainer logs an evaluation as an entry of its own
    given(
        """
        {"global_step": 40, "save_steps": 20, "log_history": [
          {"step": 20, "loss": 2.0},
          {"step": 30, "epoch": 1.5, "loss": 1.5, "learning_rate": 1e-5},
          {"step": 40, "epoch": 2.0, "loss": 1.0},
          {"step": 40, "epoch": 2.0, "eval_accuracy": 0.75, "eval_runtime": 3.0,
           "eval_samples_per_second": 9.0, "total_flos": 1e15}]}
        """);

    // when
    TrainingLog log = TrainingHistory.read(folder);

    // then
    assertThat(log.getPoints()).extracting(TrainingPoint::getStep).containsExactly(30L, 40L);
    assertThat(log.getPoints()).extracting(TrainingPoint::getEpoch).containsExactly(1.5, 2.0);
    assertThat(log.getPoints())
        .extracting(TrainingPoint::getValues)
        .containsExactly(
            Map.of("loss", 1.5, "learning_rate", 1e-5), Map.of("loss", 1.0, "eval_accuracy", 0.75));
  }

  @Test
  void shouldStaySmallWhateverTheFileHolds() throws IOException {
    // given: 5,000 losses, an evaluation every 500, and names without end
    String losses =
        IntStream.rangeClosed(1, 5_000)
            .mapToObj(step -> "{\"step\": " + step + ", \"loss\": 1.0}")
            .collect(Collectors.joining(","));
    String evaluations =
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> "{\"step\": " + 500 * i + ", \"eval_loss\": 0.5}")
            .collect(Collectors.joining(","));
    String names =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"name" + i + "\": 1")
            .collect(Collectors.joining(","));
    String longName = "\"" + "n".repeat(1_000) + "\": 1";
    given(
        "{\"log_history\": [%s, %s, {\"step\": 5001, %s, %s}]}"
            .formatted(losses, evaluations, longName, names));

    // when
    TrainingLog log = TrainingHistory.read(folder);

    // then
    assertThat(log.getPoints()).hasSizeLessThanOrEqualTo(TrainingHistory.MOST_POINTS);
    assertThat(log.getPoints())
        .filteredOn(point -> point.getValues().containsKey("eval_loss"))
        .as("evaluations are kept")
        .hasSize(10);
    assertThat(log.getPoints().getLast().getStep()).isEqualTo(5_001);
    assertThat(log.getPoints().getLast().getValues()).hasSize(TrainingHistory.MOST_VALUES);
  }

  @Test
  void shouldLeaveOutWhatIsNoNumberOfAStep() throws IOException {
    given(
        """
        {"log_history": [
          {"step": 10, "loss": NaN, "note": "text", "eval_loss": 0.5, "list": [1]},
          {"step": -1, "loss": 1.0}, {"step": "20", "loss": 1.0}, {"loss": 1.0}, 7, null]}
        """);

    assertThat(TrainingHistory.read(folder).getPoints())
        .containsExactly(new TrainingPoint(10L, null, Map.of("eval_loss", 0.5)));
  }

  @Test
  void shouldKnowNothingWhereNothingCanBeRead() throws IOException {
    assertThat(TrainingHistory.read(folder)).as("no file").isNull();
    for (String text :
        new String[] {"{", "[]", "{}", "{\"log_history\": []}", "{\"log_history\": 3}"}) {
      given(text);
      assertThat(TrainingHistory.read(folder)).as(text).isNull();
    }
  }

  private void given(String state) throws IOException {
    Files.writeString(folder.resolve("trainer_state.json"), state);
  }
}
