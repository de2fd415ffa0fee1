package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real run and the real corpus through the three services, as {@code ./salient watch ...
 * --once} does it.
 */
class EndToEndIT {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final List<Long> STEPS = List.of(0L, 20L, 60L, 150L, 300L, 500L);
  private static final List<String> CONCEPTS = List.of("upos", "xpos", "deprel");

  @TempDir Path folder;

  @Test
  void shouldRankSixCheckpointsAndTellTheDriftOfEachAgainstStepZero() {
    Path run = SharedInput.require("runs/bert-genre");
    Path corpus = SharedInput.require("data/ud-english-ewt/en_ewt-ud-dev.conllu");

    // given
    try (TestBroker broker = TestBroker.start();
        SalientProcess process =
            new WatchCommand(
                    run,
                    corpus,
                    String.join(",", CONCEPTS),
                    broker.bootstrapServers(),
                    folder.resolve("state"))
                .start(
                    folder,
                    Map.of("salient.probe.splits", "0", "salient.probe.evaluations", "counts"),
                    "--once")) {
      // when
      int exitCode = process.exitCode(PATIENCE);

      // then
      assertThat(exitCode).as(process::errors).isZero();
      try (TopicJudge judge =
          new TopicJudge(broker.bootstrapServers(), new Topics("salient").results())) {
        Map<String, SpecificRecord> results = judge.latest(TopicSerdes.results());
        for (long step : STEPS) {
          for (String concept : CONCEPTS) {
            assertRanked(results, concept, step);
            if (step > 0) {
              assertDrift(results, concept, step);
            }
          }
        }
      }
      try (TopicJudge judge =
          new TopicJudge(broker.bootstrapServers(), new Topics("salient").deadLetters())) {
        assertThat(judge.all()).isEmpty();
      }
    }
  }

  private static void assertRanked(Map<String, SpecificRecord> results, String concept, long step) {
    SalientNeurons neurons =
        (SalientNeurons)
            results.get(new ResultKey("bert-genre", concept, step, Kind.NEURONS).text());
    assertThat(neurons).as("%s at step %d", concept, step).isNotNull();
    assertThat(neurons.getReport().getFinal$()).isTrue();
    assertThat(neurons.getReport().getCertificate().getConverged())
        .as("%s at step %d", concept, step)
        .isTrue();
    assertThat(neurons.getReport().getAccuracy())
        .isGreaterThan(neurons.getReport().getMajority() + 0.2);
    assertThat(neurons.getRanking()).hasSize(100);
    assertThat(neurons.getLayerHistogram()).hasSize(5);
  }

  private static void assertDrift(Map<String, SpecificRecord> results, String concept, long step) {
    NeuronDrift drift =
        (NeuronDrift)
            results.get(new ResultKey("bert-genre", concept, step, Kind.DRIFT_BASELINE).text());
    assertThat(drift).as("drift of %s at step %d", concept, step).isNotNull();
    assertThat(drift.getOtherStep()).isZero();
    assertThat(drift.getFinal$()).isTrue();
    assertThat(drift.getJaccard()).isBetween(drift.getJaccardChance(), 1.0);
    assertThat(drift.getTransferAccuracy()).isBetween(0.0, 1.0);
  }
}
