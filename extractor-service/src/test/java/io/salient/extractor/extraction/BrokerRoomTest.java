package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.extraction.BrokerRoom.Folder;
import io.salient.schemas.avro.ExtractionStarted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.junit.jupiter.api.Test;

/** F11: a checkpoint whose blocks do not fit on the broker's disk is refused before the first. */
class BrokerRoomTest {
  private static ExtractionStarted needs(long bytes) {
    ExtractionStarted started = new ExtractionStarted();
    started.setRun("run");
    started.setStep(20);
    started.setEstimatedBytes(bytes);
    return started;
  }

  private static Map<String, LogDirDescription> broker(Object... foldersAndFree) {
    Map<String, LogDirDescription> folders = new TreeMap<>();
    for (int i = 0; i < foldersAndFree.length; i += 2) {
      folders.put(
          (String) foldersAndFree[i],
          new LogDirDescription(null, Map.of(), 1L << 40, (long) foldersAndFree[i + 1]));
    }
    return folders;
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertThatThrownBy(
            () ->
                BrokerRoom.require(needs(3_100_000_000L), new Folder(Path.of("/log"), 40_000_000)))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo("disk.full"))
        .hasMessageStartingWith(
            "the log of activations needs 3.1 GB in /log, 40 MB free: free space on the broker")
        .hasMessageContaining("salient.topics.activations-retention-bytes")
        .hasMessageContaining("salient.extractor.encoding=float16");
  }

  @Test
  void shouldTakeWhatFits() {
    assertThatCode(() -> BrokerRoom.require(needs(40), new Folder(Path.of("/log"), 40)))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldLookAtTheTightestBrokerAndItsRoomiestFolder() {
    assertThat(
            BrokerRoom.tightest(
                List.of(broker("/a", 5L, "/b", 70L), broker("/c", 60L), broker("/d", 80L))))
        .contains(new Folder(Path.of("/c"), 60));
  }

  @Test
  void shouldKnowNothingOfBrokersThatDoNotTell() {
    assertThat(BrokerRoom.tightest(List.of(Map.of(), broker("/a", -1L)))).isEmpty();
  }
}
