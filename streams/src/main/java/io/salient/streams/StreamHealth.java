package io.salient.streams;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Started, live and ready of a service with a stream, each with the stream's state and what failed.
 * Missing brokers take readiness down, but not liveness: no restart brings them back.
 */
public final class StreamHealth {
  private final String service;
  private final StreamsRunner stream;
  private final Map<String, Supplier<String>> details = new LinkedHashMap<>();

  /** Looks at a stream. */
  public StreamHealth(String service, StreamsRunner stream) {
    this.service = service;
    this.stream = stream;
  }

  /** Adds a line to every answer. */
  public StreamHealth with(String name, Supplier<String> detail) {
    details.put(name, detail);
    return this;
  }

  /**
   * Up once the stream has run.
   *
   * @param also what else must have started
   */
  public HealthCheckResponse started(boolean also) {
    return answer(stream.started() && also);
  }

  /** Down when the stream has given up: only a restart helps. */
  public HealthCheckResponse live() {
    return answer(stream.failure().isEmpty() && stream.state() != KafkaStreams.State.ERROR);
  }

  /**
   * Up while the stream works.
   *
   * @param also what else must work
   */
  public HealthCheckResponse ready(boolean also) {
    return answer(stream.state() == KafkaStreams.State.RUNNING && also);
  }

  private HealthCheckResponse answer(boolean up) {
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named(service)
            .status(up)
            .withData("stream", stream.state() == null ? "not started" : stream.state().name())
            .withData("failure", stream.failure());
    details.forEach((name, detail) -> answer.withData(name, detail.get()));
    return answer.build();
  }
}
