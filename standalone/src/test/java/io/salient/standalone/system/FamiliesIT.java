package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.demo.DemoCorpus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run of an encoder and one of a decoder, both as the Transformers library saved them, through
 * {@code ./salient watch ... --once}. The models are the families' fixtures, tiny and random; as
 * step 10 the same weights with noise.
 */
class FamiliesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SENTENCES = 200;
  private static final double NOISE = 0.3;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({"deberta-v2, 16, 3", "gpt2, 16, 3"})
  void shouldRankBothCheckpointsAndTellTheDrift(String family, int hidden, int layers)
      throws IOException {
    // given
    Path run = folder.resolve(family + "-run");
    FixtureRun.save(family, run, 0);
    FixtureRun.addNoise(FixtureRun.save(family, run, 10), NOISE, 10, tensor -> true);
    Path corpus = folder.resolve("demo.conllu");
    DemoCorpus.write(corpus, SENTENCES, 7);
    try (TestBroker broker = TestBroker.start();
        SalientProcess process = watch(run, corpus, broker)) {
      // when
      int exitCode = process.exitCode(PATIENCE);

      // then
      assertThat(exitCode).as(process::errors).isZero();
      Map<String, SpecificRecord> results = results(broker);
      for (long step : new long[] {0, 10}) {
        SalientNeurons neurons = (SalientNeurons) results.get(key(run, step, Kind.NEURONS));
        assertThat(neurons).as("%s at step %d", family, step).isNotNull();
        assertThat(neurons.getReport().getFinal$()).isTrue();
        assertThat(neurons.getReport().getAccuracy())
            .isGreaterThan(neurons.getReport().getMajority() + 0.1);
        assertThat(neurons.getLayerHistogram()).hasSize(layers);
        assertThat(neurons.getRanking())
            .as("all but those that add nothing to any label")
            .hasSizeBetween(layers * hidden * 9 / 10, layers * hidden);
      }
      NeuronDrift drift = (NeuronDrift) results.get(key(run, 10, Kind.DRIFT_BASELINE));
      assertThat(drift).as("drift of %s", family).isNotNull();
      assertThat(drift.getOtherStep()).isZero();
      assertThat(drift.getSpearman()).isBetween(-1.0, 0.999);
      assertThat(drift.getTransferAccuracy()).isBetween(0.0, 1.0);
      assertThat(deadLetters(broker)).isEmpty();
    }
  }

  private SalientProcess watch(Path run, Path corpus, TestBroker broker) {
    Path state = folder.resolve("state");
    return new WatchCommand(run, corpus, "upos", broker.bootstrapServers(), state)
        .start(
            folder,
            Map.of("salient.probe.splits", "0", "salient.probe.evaluations", "counts"),
            "--once");
  }

  private static Map<String, SpecificRecord> results(TestBroker broker) {
    try (TopicJudge judge =
        new TopicJudge(broker.bootstrapServers(), new Topics("salient").results())) {
      return judge.latest(TopicSerdes.results());
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> deadLetters(TestBroker broker) {
    try (TopicJudge judge =
        new TopicJudge(broker.bootstrapServers(), new Topics("salient").deadLetters())) {
      return judge.all();
    }
  }

  private static String key(Path run, long step, Kind kind) {
    return new ResultKey(run.getFileName().toString(), "upos", step, kind).text();
  }
}
