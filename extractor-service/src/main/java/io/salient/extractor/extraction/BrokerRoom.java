package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.streams.failure.DiskSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jboss.logging.Logger;

/**
 * Room on the brokers for the blocks of a checkpoint, looked at before the first is sent: a broker
 * whose disk is full stops for everybody.
 */
final class BrokerRoom {
  private static final Logger LOG = Logger.getLogger(BrokerRoom.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> clientProperties;
  private final String topic;

  BrokerRoom(Map<String, Object> clientProperties, String topic) {
    this.clientProperties = clientProperties;
    this.topic = topic;
  }

  /** A folder of a broker and the bytes that are free there. */
  record Folder(Path path, long free) {}

  /**
   * Tells what a checkpoint takes.
   *
   * @throws CheckpointException when there is no room for it; where a broker does not say, there is
   */
  void require(ExtractionStarted started) {
    tightest().ifPresent(folder -> require(started, folder));
  }

  static void require(ExtractionStarted started, Folder folder) {
    long bytes = started.getEstimatedBytes();
    String need = DiskSpace.need(bytes, folder.path(), folder.free());
    if (bytes > folder.free()) {
      throw new CheckpointException(
          "disk.full",
          "the log of activations "
              + need
              + ": free space on the broker, keep less (salient.topics.activations-retention-bytes)"
              + " or send less (salient.extractor.encoding=float16, salient.extractor.layers), and"
              + " announce the checkpoint again");
    }
    LOG.infof("step %d of %s %s", started.getStep(), started.getRun(), need);
  }

  private Optional<Folder> tightest() {
    try (Admin admin = Admin.create(clientProperties)) {
      TopicDescription described =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .get(topic);
      Set<Integer> leaders =
          described.partitions().stream().map(p -> p.leader().id()).collect(Collectors.toSet());
      return tightest(
          admin
              .describeLogDirs(leaders)
              .allDescriptions()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .values());
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("brokers do not tell how much room they have: %s", e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Of the roomiest folder of each broker, the one with least; empty when none is known. */
  static Optional<Folder> tightest(Collection<Map<String, LogDirDescription>> brokers) {
    Comparator<Folder> byRoom = Comparator.comparingLong(Folder::free);
    return brokers.stream()
        .flatMap(folders -> folders(folders).stream().max(byRoom).stream())
        .min(byRoom);
  }

  private static List<Folder> folders(Map<String, LogDirDescription> folders) {
    return folders.entrySet().stream()
        .filter(folder -> folder.getValue().usableBytes().isPresent())
        .map(
            folder ->
                new Folder(Path.of(folder.getKey()), folder.getValue().usableBytes().getAsLong()))
        .toList();
  }
}
