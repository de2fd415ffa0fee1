package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.FitSettings;
import io.salient.probe.ManualExecutor;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.TinyDisk;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.matrix.MatrixRebuild;
import io.salient.probe.training.CheckpointFitting;
import io.salient.probe.training.FittingQueue;
import io.salient.probe.training.Tier;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.streams.BoundedRocksDb;
import io.salient.streams.failure.DiskSpace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F11: RocksDB's own errors are known as what they are, a full disk. */
class FullStateFolderTest {
  private static final Topics TOPICS = new Topics("salient");

  @TempDir Path temp;

  @Test
  void shouldKnowAFullDiskByWhatRocksDbSays() throws IOException {
    try (TinyDisk disk = new TinyDisk(temp.resolve("disk"), 32_768)) {
      // given
      TopologyTestDriver driver = driver(disk.folder());
      KeyValueStore<String, ExtractionStarted> store =
          driver.getKeyValueStore(ProbeStores.CHECKPOINTS);
      fill(disk.folder());

      // when
      Throwable full = catchThrowable(() -> writeMoreThanMemoryHolds(store));
      Throwable atTheEnd = catchThrowable(driver::close);

      // then
      assertThat(List.of(full, atTheEnd))
          .allSatisfy(e -> assertThat(DiskSpace.isFull(e)).as("%s", e).isTrue());
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

  private static void writeMoreThanMemoryHolds(KeyValueStore<String, ExtractionStarted> store) {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      ExtractionStarted started = new PlantedCheckpoint(i).started();
      started.setCheckpointId(HexFormat.of().formatHex(bytes(random)));
      store.put("run/" + i, started);
    }
  }

  /** What cannot be compressed. */
  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32 << 10];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void fill(Path folder) {
    try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
      byte[] kilobyte = new byte[1_024];
      while (true) {
        out.write(kilobyte);
      }
    } catch (IOException e) {
      assertThat(DiskSpace.isFull(e)).isTrue();
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
