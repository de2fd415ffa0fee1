package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ClassProbe;
import io.salient.standalone.demo.DemoCorpus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose embeddings and first block are frozen, through {@code ./salient watch ... --once}
 * with {@code salient.extractor.reuse-bytes} and without: what stands on the topics is the same,
 * byte for byte.
 */
class FrozenRunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SENTENCES = 400;
  private static final List<Long> STEPS = List.of(0L, 10L, 20L, 30L);

  @TempDir Path folder;

  /**
   * What a watch left behind.
   *
   * @param blocks all blocks of activations, in the order in which they were sent
   * @param probes all final probes, in that order
   * @param log of the services
   */
  private record Watched(List<ByteBuffer> blocks, List<ByteBuffer> probes, String log) {}

  @Test
  void shouldSendTheSameBytesWhereFrozenLayersAreReused() throws IOException {
    // given
    Path run = folder.resolve("frozen-run");
    for (long step : STEPS) {
      Path checkpoint = FixtureRun.save("bert", run, step);
      FixtureRun.addNoise(checkpoint, 0.02 * step, step, tensor -> tensor.contains(".layer.1."));
    }
    Path corpus = folder.resolve("demo.conllu");
    DemoCorpus.write(corpus, SENTENCES, 7);

    // when
    Watched whole = watch(run, corpus, 0);
    Watched partial = watch(run, corpus, 100_000_000);

    // then: from the third checkpoint on layers 0 and 1 are taken from what was kept
    assertThat(whole.log()).contains(" 0 layers reused").doesNotContain(" 2 layers reused");
    assertThat(partial.log().split(" 2 layers reused", -1)).hasSize(3);
    assertThat(whole.blocks()).hasSizeGreaterThanOrEqualTo(2 * STEPS.size());
    assertThat(partial.blocks()).isEqualTo(whole.blocks());
    assertThat(whole.probes()).isNotEmpty();
    assertThat(partial.probes()).isEqualTo(whole.probes());
  }

  private Watched watch(Path run, Path corpus, long reuseBytes) {
    Path state = folder.resolve("state-" + reuseBytes);
    Map<String, String> settings =
        Map.of(
            "salient.extractor.reuse-bytes",
            Long.toString(reuseBytes),
            "salient.probe.provisional-coverages",
            "",
            "salient.probe.splits",
            "0",
            "salient.probe.evaluations",
            "counts");
    try (TestBroker broker = TestBroker.start();
        SalientProcess process =
            new WatchCommand(run, corpus, "upos", broker.bootstrapServers(), state)
                .start(folder, settings, "--once")) {
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isZero();
      Topics topics = new Topics("salient");
      List<ByteBuffer> blocks =
          on(broker, topics.activations()).stream()
              .filter(value -> TopicSerdes.activations().decode(value) instanceof ActivationBlock)
              .map(ByteBuffer::wrap)
              .toList();
      List<ByteBuffer> probes =
          on(broker, topics.probes()).stream()
              .filter(value -> TopicSerdes.probes().decode(value) instanceof ClassProbe)
              .map(ByteBuffer::wrap)
              .toList();
      return new Watched(blocks, probes, process.output() + process.errors());
    }
  }

  private static List<byte[]> on(TestBroker broker, String topic) {
    try (TopicJudge judge = new TopicJudge(broker.bootstrapServers(), topic)) {
      return judge.all().stream().map(ConsumerRecord::value).toList();
    }
  }
}
