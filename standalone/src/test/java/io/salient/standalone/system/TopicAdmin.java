package io.salient.standalone.system;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** What an operator, or retention, does to topics. */
record TopicAdmin(String bootstrapServers) {
  private interface Work {
    void on(Admin admin) throws InterruptedException, ExecutionException;
  }

  /** Asks until all of some topics are there. */
  void await(Collection<String> topics, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    with(
        admin -> {
          Set<String> there = Set.of();
          while (!there.containsAll(topics)) {
            if (System.nanoTime() > deadline) {
              throw new AssertionError("of " + topics + " there are only " + there);
            }
            there = admin.listTopics().names().get();
          }
        });
  }

  boolean exists(String topic) {
    Set<String> there = new HashSet<>();
    with(admin -> there.addAll(admin.listTopics().names().get()));
    return there.contains(topic);
  }

  /** Removes every record that a topic holds now, as retention would in time. */
  void deleteAllRecords(String topic) {
    with(
        admin -> {
          int partitions =
              admin
                  .describeTopics(Set.of(topic))
                  .allTopicNames()
                  .get()
                  .get(topic)
                  .partitions()
                  .size();
          Map<TopicPartition, OffsetSpec> latest =
              IntStream.range(0, partitions)
                  .boxed()
                  .collect(
                      Collectors.toMap(
                          p -> new TopicPartition(topic, p), p -> OffsetSpec.latest()));
          Map<TopicPartition, RecordsToDelete> all =
              admin.listOffsets(latest).all().get().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          end -> RecordsToDelete.beforeOffset(end.getValue().offset())));
          admin.deleteRecords(all).all().get();
        });
  }

  private void with(Work work) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      work.on(admin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
