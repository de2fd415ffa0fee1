package io.salient.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.salient.streams.client.BrokerRefusal;
import io.salient.streams.failure.DiskSpace;
import io.salient.streams.failure.TellingCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/**
 * Starts and stops the stream of a service and knows how it is.
 *
 * <p>Data errors never get here: topologies make dead letters of them. What does get here is the
 * infrastructure's, and retrying in place would only hide it: the client shuts down, liveness and
 * readiness go down, and whoever runs the process starts it again, from what was committed.
 */
public final class StreamsRunner implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StreamsRunner.class);
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private final StreamSettings settings;
  private final MeterRegistry registry;
  private volatile KafkaStreams streams;
  private volatile boolean started;
  private volatile String failure = "";
  private KafkaStreamsMetrics meters;

  /** Runs nothing yet. */
  public StreamsRunner(StreamSettings settings, MeterRegistry registry) {
    this.settings = settings;
    this.registry = registry;
  }

  /** Runs a topology on topics that are there; tells what it reads and writes. */
  public void start(Topology topology) {
    KafkaStreams created = new KafkaStreams(topology, settings.properties());
    created.setStateListener((now, before) -> started |= now == KafkaStreams.State.RUNNING);
    created.setUncaughtExceptionHandler(this::onFailure);
    meters = new KafkaStreamsMetrics(created, List.of(Tag.of("service", settings.service())));
    meters.bindTo(registry);
    new StreamMeters(created, settings).bindTo(registry);
    streams = created;
    created.start();
    LOG.infof(
        "%s %s; application %s, state in %s",
        settings.service(),
        TopologyTopics.of(topology.describe()),
        settings.applicationId(),
        settings.stateDir());
  }

  private StreamThreadExceptionResponse onFailure(Throwable failed) {
    failure = message(failed);
    LOG.errorf(
        "The %s stream stops; restart the service once the cause is gone: %s",
        settings.service(), failure);
    LOG.debug("where it came up", failed);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** A sentence of our own about a full folder stays; others' are replaced by one. */
  private String message(Throwable failed) {
    String told = BrokerRefusal.of(failed).orElseGet(() -> TellingCause.of(failed));
    boolean full = DiskSpace.isFull(failed) && !DiskSpace.tells(told);
    return full ? DiskSpace.full(settings.stateDir(), settings.stateDirKey()) : told;
  }

  /** State of the stream; null before it was started. */
  public KafkaStreams.State state() {
    KafkaStreams now = streams;
    return now == null ? null : now.state();
  }

  /** True once the stream has been running, whatever came after. */
  public boolean started() {
    return started;
  }

  /** What stopped the stream; empty while it runs. */
  public String failure() {
    return failure;
  }

  /** The stream, for questions to its stores; empty before it was started. */
  public Optional<KafkaStreams> streams() {
    return Optional.ofNullable(streams);
  }

  /** Commits and leaves the group, for at most 20 seconds. Does nothing before a start. */
  @Override
  public void close() {
    if (streams != null) {
      streams.close(CLOSE);
      meters.close();
    }
  }
}
