package io.salient.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fine-tuning as a whole, short. */
class TinyFineTuningTest {
  private static final List<Long> LONG = List.of(0L, 20L, 120L);
  private static final List<Long> SHORT = List.of(0L, 6L);
  private static final int PRETRAINING_STEPS = 5;
  private static final long SEED = 7;

  @TempDir Path temp;

  private Path run(String name, long seed, List<Long> checkpoints) throws Exception {
    Path run = Files.createDirectory(temp.resolve(name));
    training(run, seed, checkpoints, new ArrayList<>()).run();
    return run;
  }

  private static TinyFineTuning training(
      Path run, long seed, List<Long> checkpoints, List<String> heard) {
    return new TinyFineTuning(run, seed, checkpoints, 0, PRETRAINING_STEPS, heard::add);
  }

  private static JsonNode state(Path run, long step) throws IOException {
    Path file = run.resolve("checkpoint-" + step).resolve("trainer_state.json");
    return new ObjectMapper().readTree(file.toFile());
  }

  private static List<Double> losses(Path run, long step) throws IOException {
    return state(run, step).get("log_history").findValues("loss").stream()
        .map(JsonNode::asDouble)
        .toList();
  }

  private static String id(Path run, long step) {
    try (CheckpointFolder folder = CheckpointFolder.open(run.resolve("checkpoint-" + step))) {
      return folder.checkpointId();
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void shouldLearnAndWriteCheckpointsOnTheWay() throws Exception {
    // when a short training has run
    Path run = run("run", SEED, LONG);

    // then its checkpoints are complete, are as the Trainer leaves them, and differ
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("checkpoint-0", "checkpoint-20", "checkpoint-120");
    }
    assertThat(state(run, 20).get("global_step").asLong()).isEqualTo(20);
    assertThat(state(run, 20).get("log_history")).hasSize(20);
    assertThat(List.of(id(run, 0), id(run, 20), id(run, 120))).doesNotHaveDuplicates();

    // and the loss went from that of a guess to far below it
    List<Double> losses = losses(run, 120);
    double guess = Math.log(DemoLexicon.TOPICS.size());
    assertThat(losses).hasSize(120);
    assertThat(mean(losses.subList(0, 10))).isGreaterThan(0.9 * guess);
    assertThat(mean(losses.subList(110, 120))).isLessThan(guess / 4);
  }

  @Test
  void shouldDependOnTheSeedAlone() throws Exception {
    // given the same training twice, and another
    Path first = run("first", SEED, SHORT);
    Path again = run("again", SEED, SHORT);
    Path other = run("other", SEED + 1, SHORT);

    // then only the other is different
    assertThat(losses(again, 6)).isEqualTo(losses(first, 6)).isNotEqualTo(losses(other, 6));
    assertThat(id(again, 6)).isEqualTo(id(first, 6)).isNotEqualTo(id(other, 6));
  }

  @Test
  void shouldEndBetweenStepsWhenStopped() throws Exception {
    // given a training that was stopped
    List<String> heard = new ArrayList<>();
    TinyFineTuning training = training(temp, SEED, LONG, heard);
    training.stop();

    // when it runs
    training.run();

    // then it has written nothing
    assertThat(temp).isEmptyDirectory();
    assertThat(heard).hasSize(1);
  }
}
