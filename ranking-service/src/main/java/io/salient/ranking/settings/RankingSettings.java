package io.salient.ranking.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the ranking service. */
@ConfigMapping(prefix = "salient.ranking")
public interface RankingSettings {
  /** Largest {@link #top}: with it a result of 50 labels stays under 900 KB. */
  int MAX_TOP = 500;

  /** False keeps stream and view off, where only the interfaces of the service are wanted. */
  @WithDefault("true")
  boolean enabled();

  /** Consumer group, prefix of the internal topics and of the transactional ids. */
  @WithDefault("salient-ranking")
  @NotBlank String applicationId();

  /** Folder of the state stores; they are rebuilt from Kafka when it is lost. */
  @WithDefault("${java.io.tmpdir}/salient/ranking")
  @NotBlank String stateDir();

  /** Threads that rank, at most one per partition is busy. */
  @WithDefault("1")
  @Min(1) @Max(64) int threads();

  /** How many neurons a result lists, over all labels and per label, and the k of its drift. */
  @WithDefault("100")
  @Min(1) @Max(MAX_TOP) int top();

  /** How often results are committed, and so seen; also bounds what a crash repeats. */
  @WithDefault("PT0.1S")
  Duration commitInterval();

  /** How long an instance may be silent before its partitions go to another. */
  @WithDefault("PT10S")
  Duration sessionTimeout();

  /** Stream time after which the probes of a set that was never completed are forgotten. */
  @WithDefault("P1D")
  Duration forgetIncompleteAfter();

  /** Bytes of results that the REST interface keeps in memory; the runs longest unchanged go. */
  @WithDefault("268435456")
  @Min(1048576) long viewBytes();

  /**
   * False keeps words and sentences of corpora out of everything that is told of results: REST,
   * streams, CSV, page, report. Labels are still told.
   */
  @WithDefault("true")
  boolean showText();

  /** How many clients may listen to /api/stream at a time. */
  @WithDefault("256")
  @Min(1) int maxStreamClients();

  /**
   * Folder that TensorBoard's event files of accuracy and drift are written to; none without it.
   */
  Optional<String> tensorboard();

  /** Address of an MLflow server that accuracy and drift are sent to; none without it. */
  Optional<URI> mlflow();

  /** How many concepts of runs have their figures as metrics; those longest unchanged go. */
  @WithDefault("200")
  @Min(0) @Max(10_000) int conceptGauges();
}
