package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.FitSettings;
import io.salient.probe.BoundedRocksDb;
import io.salient.probe.ManualExecutor;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.TinyDisk;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.matrix.MatrixRebuild;
import io.salient.probe.training.CheckpointFitting;
import io.salient.probe.training.FittingQueue;
import io.salient.probe.training.Tier;
import io.salient.schemas.DiskSpace;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ExtractionStarted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F11: RocksDB's own errors are known as what they are, a full disk. */
class FullStateFolderTest {
  private static final Topics TOPICS = new Topics("salient");

  @TempDir Path temp;

  @Test
  void shouldKnowAFullDiskByWhatRocksDbSays() throws IOException {
    try (TinyDisk disk = new TinyDisk(temp.resolve("disk"), 32_768)) {
      try (TopologyTestDriver driver = driver(disk.folder())) {
        // given
        TestInputTopic<byte[], byte[]> activations =
            driver.createInputTopic(
                TOPICS.activations(), new ByteArraySerializer(), new ByteArraySerializer());
        Path filler = fill(disk.folder());
        ExtractionStarted started = new PlantedCheckpoint(0).started();
        activations.pipeInput(ProbeDriver.key(), TopicSerdes.activations().encode(started));
        StateStore store = driver.getKeyValueStore(ProbeStores.CHECKPOINTS);

        // when
        Throwable full = catchThrowable(() -> flush(store));

        // then
        assertThat(full).isNotNull();
        assertThat(DiskSpace.isFull(full)).as("%s", full).isTrue();
        Files.delete(filler);
      }
    }
  }

  @Test
  void shouldKnowAFullDiskAtTheStart() throws IOException {
    try (TinyDisk disk = new TinyDisk(temp.resolve("disk"), 1_024)) {
      fill(disk.folder());

      Throwable full = catchThrowable(() -> driver(disk.folder()).close());

      assertThat(full).isNotNull();
      assertThat(DiskSpace.isFull(full)).as("%s", full).isTrue();
    }
  }

  @SuppressWarnings("deprecation") // what a commit does
  private static void flush(StateStore store) {
    store.flush();
  }

  private static Path fill(Path folder) throws IOException {
    Path filler = folder.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] kilobyte = new byte[1_024];
      while (true) {
        out.write(kilobyte);
      }
    } catch (IOException e) {
      assertThat(DiskSpace.isFull(e)).isTrue();
      return filler;
    }
  }

  private TopologyTestDriver driver(Path stateFolder) {
    FittingQueue queue =
        new FittingQueue(
            new CheckpointFitting(
                FitSettings.defaults(),
                EvaluationSettings.of(Analysis.FAST),
                new MatrixRebuild(
                    () -> {
                      throw new AssertionError("nothing is read again here");
                    },
                    MatrixEncoding.FLOAT32)),
            new ManualExecutor());
    ProbeProcessorSettings settings =
        new ProbeProcessorSettings(
            FitSettings.defaults(),
            List.of(),
            Set.of(Tier.FINAL),
            0,
            temp.resolve("matrices"),
            1 << 30,
            1L << 38,
            Map.of(),
            MatrixEncoding.FLOAT32);
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.resolve("state").toString());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    return new TopologyTestDriver(
        new ProbeTopology(
                TOPICS, Set.of(), settings, ProbeStores.persistent(), queue, new ProbeMetrics() {})
            .build(),
        properties);
  }
}
