package io.salient.streams.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

/** Names and shapes of Salient's topics. */
@ConfigMapping(prefix = "salient.topics")
public interface TopicSettings {
  /** What every topic name starts with. */
  @WithDefault("salient")
  @Pattern(regexp = "[a-zA-Z0-9._-]{1,200}") String prefix();

  /** Create missing topics at start; when false, refuse to start and name what is missing. */
  @WithDefault("true")
  boolean create();

  /** Partitions of each topic that is created: how many runs are worked on side by side. */
  @WithDefault("4")
  @Min(1) int partitions();

  /** Replicas of each topic that is created; -1 leaves it to the broker. */
  @WithDefault("-1")
  @Min(-1) short replication();

  /** Bytes that each partition of the activations topic keeps; -1 keeps all. */
  @WithDefault("21474836480")
  @Min(-1) long activationsRetentionBytes();

  /** How long what could not be used is kept. */
  @WithDefault("P30D")
  Duration deadLettersRetention();
}
