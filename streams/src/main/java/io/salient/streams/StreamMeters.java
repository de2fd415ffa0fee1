package io.salient.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.salient.streams.failure.DiskSpace;
import java.util.Locale;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How the stream of a service is, as {@code salient_stream_*} meters: what people alert on. */
final class StreamMeters {
  private static final String SERVICE = "service";

  private final KafkaStreams streams;
  private final StreamSettings settings;

  StreamMeters(KafkaStreams streams, StreamSettings settings) {
    this.streams = streams;
    this.settings = settings;
  }

  void bindTo(MeterRegistry registry) {
    for (KafkaStreams.State state : KafkaStreams.State.values()) {
      Gauge.builder("salient.stream.state", () -> streams.state() == state ? 1 : 0)
          .description("1 for the state that the stream is in, 0 for all others")
          .tag(SERVICE, settings.service())
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("salient.stream.lag", this::lag)
        .description("Records of this instance's partitions that are not read yet")
        .tag(SERVICE, settings.service())
        .register(registry);
    Gauge.builder("salient.stream.disk.free", () -> DiskSpace.free(settings.stateDir()))
        .description("Room on the disk of the state folder")
        .baseUnit(BaseUnits.BYTES)
        .tag(SERVICE, settings.service())
        .register(registry);
  }

  private double lag() {
    return streams.metrics().values().stream()
        .filter(metric -> isLag(metric.metricName()))
        .mapToDouble(StreamMeters::value)
        .sum();
  }

  /** Of the main consumers, not of those that restore stores. */
  private static boolean isLag(MetricName name) {
    String client = name.tags().getOrDefault("client-id", "");
    return name.name().equals("records-lag")
        && client.endsWith("-consumer")
        && !client.endsWith("-restore-consumer");
  }

  private static double value(Metric metric) {
    return metric.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())
        ? number.doubleValue()
        : 0;
  }
}
