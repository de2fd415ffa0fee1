package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands that answer once, with their exit codes: 0 done, 1 failed with one line on standard
 * error, 2 wrong usage.
 */
class OneShotIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void shouldRankACheckpointAsJson() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    JsonNode answer = json("rank --top 7", run, 500);

    // then
    assertThat(answer.get("run").asText()).isEqualTo("small-run");
    assertThat(answer.get("step").asLong()).isEqualTo(500);
    assertThat(answer.get("corpus").asText()).isEqualTo("dev-small.conllu");
    assertThat(answer.get("layers").asInt()).isEqualTo(5);
    assertThat(answer.get("hidden").asInt()).isEqualTo(128);
    assertThat(answer.get("provenance").get("modelType").asText()).isEqualTo("bert");
    assertThat(answer.get("provenance").get("weights")).isEmpty();
    JsonNode upos = answer.get("concepts").get(0);
    assertThat(upos.get("concept").asText()).isEqualTo("upos");
    assertThat(upos.get("accuracy").asDouble()).isGreaterThan(upos.get("majority").asDouble());
    assertThat(upos.get("ranking")).hasSize(7);
    assertThat(upos.get("perLabel").get(0).get("neurons")).hasSize(7);
    assertThat(upos.get("layerHistogram")).hasSize(5);
    assertThat(upos.get("certificate").get("converged").asBoolean()).isTrue();
  }

  @Test
  void shouldPutAProbeToEverythingThatIsAskedFor() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    JsonNode answer = json("rank --evaluations full", run, 500);

    // then
    JsonNode upos = answer.get("concepts").get(0);
    JsonNode selectivity = upos.get("selectivity");
    assertThat(selectivity.get("accuracy")).isEqualTo(upos.get("accuracy"));
    assertThat(selectivity.get("draws").asInt()).isEqualTo(5);
    assertThat(selectivity.get("mean").asDouble())
        .isBetween(selectivity.get("low").asDouble(), selectivity.get("high").asDouble());
    JsonNode ablation = upos.get("ablation");
    assertThat(ablation).hasSize(6);
    JsonNode half = ablation.get(5);
    assertThat(half.get("kept").asDouble()).isEqualTo(0.5);
    assertThat(half.get("top").asDouble()).isGreaterThan(half.get("bottom").asDouble());
    assertThat(upos.get("layerwise")).hasSize(5);
    assertThat(upos.get("minimalSet").get("size").asInt()).isBetween(1, 640);
    assertThat(upos.get("minimalSet").get("randomAccuracy").asDouble()).isBetween(0.0, 1.0);
    assertThat(upos.get("topWords")).hasSize(20);
    JsonNode words = upos.get("topWords").get(0).get("words");
    assertThat(words).isNotEmpty();
    assertThat(words.get(0).get("count").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(words.get(0).get("word").asText()).isNotEmpty();
    assertThat(upos.get("polysemous").get(0).get("labels").size()).isGreaterThan(1);
    assertThat(upos.get("perLabel").get(0).get("f1").asDouble()).isBetween(0.0, 1.0);
    assertThat(upos.get("evaluationSeconds").get("masking").asDouble()).isPositive();
  }

  @Test
  void shouldCompareMethodsAndSelectNeurons() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    JsonNode answer =
        json("rank --method probeless,lca,mean-select --select random:12:3", run, 500);

    // then
    JsonNode upos = answer.get("concepts").get(0);
    assertThat(upos.get("method").asText()).isEqualTo("probeless");
    JsonNode agreement = upos.get("agreement");
    assertThat(agreement.get("depth").asInt()).isEqualTo(100);
    assertThat(agreement.get("methods").findValuesAsText("method"))
        .containsExactly("probeless", "lca", "mean-select");
    assertThat(places(agreement.get("methods").get(0).get("ranking")))
        .as("scores differ by the rounding of what travels")
        .isEqualTo(places(upos.get("ranking")));
    assertThat(agreement.get("overlaps")).hasSize(3);
    agreement
        .get("overlaps")
        .forEach(two -> assertThat(two.get("averageOverlap").asDouble()).isBetween(0.0, 1.0));
    assertThat(agreement.get("borda")).hasSize(20);
    assertThat(upos.get("selection").get("selector").asText()).isEqualTo("random:12:3");
    assertThat(upos.get("selection").get("neurons")).hasSize(12);
  }

  @Test
  void shouldScoreThePenaltiesInForceAndThoseOfTheGrid() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    JsonNode upos = json("tune --layers 4 --l1 2e-4 --l2 1e-4", run, 500).get(0);

    // then
    assertThat(upos.get("concept").asText()).isEqualTo("upos");
    assertThat(upos.get("cells")).hasSize(1 + 49).contains(upos.get("current"));
    assertThat(upos.get("best")).isEqualTo(upos.get("cells").get(0));
    assertThat(upos.get("current").get("l1").asDouble()).isEqualTo(2e-4);
    assertThat(upos.get("current").get("score").asDouble())
        .isLessThan(upos.get("best").get("score").asDouble());
  }

  @Test
  void shouldClusterTheNeuronsOfACheckpointAsJson() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    JsonNode clusters = json("clusters --threshold 0.5", run, 500);

    // then: fewer clusters than neurons, and every neuron in one of them
    assertThat(clusters.size()).isBetween(2, 639);
    Set<String> neurons = new HashSet<>();
    int number = 1;
    for (JsonNode cluster : clusters) {
      assertThat(cluster.get("cluster").asInt()).isEqualTo(number++);
      assertThat(cluster.get("neurons")).contains(cluster.get("representative"));
      cluster.get("neurons").forEach(neuron -> neurons.add(neuron.toString()));
    }
    assertThat(neurons).hasSize(640);
  }

  @Test
  void shouldCompareTwoCheckpointsAsJson() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0, 500);

    // when
    JsonNode answer = json("compare --top 50", run, 0, 500);

    // then
    JsonNode upos = answer.get(0);
    assertThat(upos.get("concept").asText()).isEqualTo("upos");
    double jaccard = upos.get("jaccard").asDouble();
    int entered = upos.get("entered").size();
    assertThat(jaccard).isEqualTo((50.0 - entered) / (50.0 + entered));
    assertThat(upos.get("left")).hasSize(entered);
    assertThat(upos.get("rbo").asDouble()).isBetween(0.0, 1.0);
    assertThat(upos.get("spearman").asDouble()).isBetween(-1.0, 1.0);
    assertThat(upos.get("transferAccuracy").asDouble()).isBetween(0.0, 1.0);
    assertThat(upos.get("accuracyA").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void shouldSayThatTheBaselineIsUntrained() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 500);

    // when
    JsonNode upos =
        json(
                "compare --random-weights --random-seed 7 --dtype bfloat16 --evaluations counts",
                run,
                500,
                500)
            .get(0);

    // then
    assertThat(upos.get("weightsA").get("randomSeed").asText()).isEqualTo("7");
    assertThat(upos.get("weightsA").get("dtype").asText()).isEqualTo("bfloat16");
    assertThat(upos.get("weightsB").has("randomSeed")).isFalse();
    assertThat(upos.get("notes")).hasSize(1);
    assertThat(upos.get("notes").get(0).asText()).contains("A has random weights, of seed 7");
    assertThat(upos.get("accuracyA").asDouble()).isLessThan(upos.get("accuracyB").asDouble());
  }

  @Test
  void shouldCompareModelsOfDifferentSizesByRelativeLayerAndSaySo() throws IOException {
    // given: the same weights without the last layer
    SmallRun run = SmallRun.copyTo(folder, 0, 500);
    replace(
        run.folder().resolve("checkpoint-500/config.json"),
        "\"num_hidden_layers\": 4",
        "\"num_hidden_layers\": 3");

    // when
    JsonNode upos = json("compare --evaluations counts", run, 0, 500).get(0);

    // then
    assertThat(upos.get("relative").get("layersA").asInt()).isEqualTo(5);
    assertThat(upos.get("relative").get("layersB").asInt()).isEqualTo(4);
    assertThat(upos.get("relative").get("wasserstein").asDouble()).isBetween(0.0, 1.0);
    assertThat(upos.get("jaccard").isNull()).isTrue();
    assertThat(upos.get("transferAccuracy").isNull()).isTrue();
    assertThat(upos.get("judgement").get("outcome").isNull()).isTrue();
    assertThat(upos.get("judgement").get("reason").asText()).isIn("other-layers", "few-sentences");
  }

  @Test
  void shouldTellWhatRunsOfOneBaselineHaveInCommon() throws IOException {
    // given: two runs that are the same
    SmallRun one = SmallRun.copyTo(Files.createDirectories(folder.resolve("one")), 0, 500);
    SmallRun two = SmallRun.copyTo(Files.createDirectories(folder.resolve("two")), 0, 500);
    String runs = "compare --evaluations counts --runs " + one.folder() + "," + two.folder();

    // when
    JsonNode upos = json(runs, one).get(0);

    // then
    assertThat(upos.get("concept").asText()).isEqualTo("upos");
    assertThat(upos.get("runs")).hasSize(2);
    assertThat(upos.get("runs").get(0).get("step").asLong()).isEqualTo(500);
    assertThat(upos.get("runs").get(0).get("checkpointId"))
        .isEqualTo(upos.get("runs").get(1).get("checkpointId"));
    assertThat(upos.get("reason").asText()).isNotEmpty();

    // and: not of one baseline
    Files.copy(
        two.folder().resolve("checkpoint-500/model.safetensors"),
        two.folder().resolve("checkpoint-0/model.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertFails("the runs set out from different weights", runs, one);
  }

  @Test
  void shouldRefuseToCompareModelsOfDifferentTokenizers() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0, 500);
    replace(
        run.folder().resolve("checkpoint-500/tokenizer.json"),
        "\"lowercase\": false",
        "\"lowercase\": true");

    // when, then
    assertFails("The tokenizers differ", "compare --evaluations counts", run, 0, 500);
  }

  private static List<String> places(JsonNode ranking) {
    List<String> places = new ArrayList<>();
    ranking.forEach(neuron -> places.add(neuron.get("layer") + ":" + neuron.get("unit")));
    return places;
  }

  private static void replace(Path file, String old, String now) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, now));
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithACheckpoint() throws IOException {
    // given: I7, weights that are code
    SmallRun run = SmallRun.copyTo(folder, 0);
    Path checkpoint = run.folder().resolve("checkpoint-0");
    Files.move(checkpoint.resolve("model.safetensors"), checkpoint.resolve("pytorch_model.bin"));

    // when, then
    assertFails("Pickle is code", "rank", run, 0);
  }

  @Test
  void shouldRefuseACheckpointOfMoreBytesThanAreAllowed() {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0);

    // when, then
    assertFails("--max-bytes", "rank --max-bytes 1000000", run, 0);
  }

  @Test
  void shouldNameTheConceptsThatThereAreWhenOneIsNot() {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0);

    // when, then
    assertFails("upos", "rank --concepts semantics", run, 0);
  }

  @Test
  void shouldNameFileAndLineOfABadCorpus() throws IOException {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0);
    List<String> lines = new ArrayList<>(Files.readAllLines(run.corpus()));
    int bad =
        lines.indexOf(
            lines.stream().filter(line -> line.startsWith("3\t")).findFirst().orElseThrow());
    lines.set(bad, lines.get(bad).substring(0, lines.get(bad).lastIndexOf('\t')));
    Files.write(run.corpus(), lines);

    // when, then
    assertFails("dev-small.conllu:" + (bad + 1), "rank", run, 0);
  }

  @Test
  void shouldExitWithTwoOnWrongUsage() {
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("rank"),
            List.of("rank", "x", "--corpus", "y", "--top", "0"),
            List.of("rank", "x", "--corpus", "y", "--evaluations", "everything"),
            List.of("rank", "x", "--corpus", "y", "--select", "best:5"),
            List.of("rank", "x", "--corpus", "y", "--max-bytes", "0"),
            List.of("rank", "x", "--corpus", "y", "--method", "lca,guess"),
            List.of("compare", "x", "z", "--corpus", "y", "--method", "lca,iou"),
            List.of("compare", "x", "--corpus", "y"),
            List.of("compare", "--runs", "x", "--corpus", "y"),
            List.of("compare", "x", "z", "--runs", "a,b", "--corpus", "y"),
            List.of("compare", "x", "z", "--step", "5", "--corpus", "y"),
            List.of("tune", "x", "--corpus", "y", "--method", "lca,probeless"),
            List.of("tune", "x", "--corpus", "y", "--method", "probeless"),
            List.of("tune", "x", "--corpus", "y", "--evaluations", "full"),
            List.of("clusters", "x", "--corpus", "y", "--threshold", "1.5"),
            List.of("clusters", "x", "--corpus", "y", "--threshold", "NaN"),
            List.of("dance"))) {
      try (SalientProcess process =
          SalientProcess.start(folder, Map.of(), wrong.toArray(String[]::new))) {
        assertThat(process.exitCode(PATIENCE)).as("%s", wrong).isEqualTo(2);
        assertThat(process.errors()).contains("salient");
      }
    }
  }

  private void assertFails(String expected, String command, SmallRun run, long... steps) {
    String[] arguments = arguments(command, run, steps);
    try (SalientProcess process = SalientProcess.start(folder, Map.of(), arguments)) {
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isEqualTo(1);
      List<String> complaints =
          process.errors().lines().filter(line -> line.startsWith("salient: ")).toList();
      assertThat(complaints).as(process::errors).hasSize(1);
      assertThat(complaints.getFirst()).contains(expected);
      assertThat(process.output()).isEmpty();
    }
  }

  private JsonNode json(String command, SmallRun run, long... steps) throws IOException {
    String[] arguments = arguments(command + " --format json", run, steps);
    try (SalientProcess process = SalientProcess.start(folder, Map.of(), arguments)) {
      assertThat(process.exitCode(PATIENCE))
          .as("%s: %s", Arrays.toString(arguments), process.errors())
          .isZero();
      return new ObjectMapper().readTree(process.output());
    }
  }

  /** A command with its options, asked about checkpoints of a run on its corpus. */
  private static String[] arguments(String command, SmallRun run, long... steps) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    for (long step : steps) {
      arguments.add(run.folder().resolve("checkpoint-" + step).toString());
    }
    arguments.addAll(List.of("--corpus", run.corpus().toString()));
    return arguments.toArray(String[]::new);
  }
}
