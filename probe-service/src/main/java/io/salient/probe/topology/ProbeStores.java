package io.salient.probe.topology;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.ProbeReport;
import io.salient.streams.state.StateFormat;
import io.salient.streams.state.StateFormats;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state stores by name; their changelogs are named after them. Keys: {@link StoreKeys}.
 *
 * @param supplier makes a store of a name: in RocksDB, or in memory for tests
 */
public record ProbeStores(Function<String, KeyValueBytesStoreSupplier> supplier) {
  /** What opened each checkpoint. */
  static final String CHECKPOINTS = "salient-probe-checkpoints";

  /** How far each checkpoint is. */
  static final String PROGRESS = "salient-probe-progress";

  /** Final probes of the last checkpoint and of the baseline of each run, one entry per label. */
  static final String PROBES = "salient-probe-probes";

  /** Final reports, for a baseline that comes late. */
  static final String REPORTS = "salient-probe-reports";

  /** What the others are written in, see {@link StateFormats}. */
  static final String FORMATS = "salient-probe-formats";

  /** Stores on disk, with changelogs. */
  public static ProbeStores persistent() {
    return new ProbeStores(Stores::persistentKeyValueStore);
  }

  StoreBuilder<KeyValueStore<String, ExtractionStarted>> checkpoints() {
    return builder(CHECKPOINTS, AvroSerde.of(ExtractionStarted.class));
  }

  StoreBuilder<KeyValueStore<String, CheckpointProgress>> progress() {
    return builder(PROGRESS, CheckpointProgress.serde());
  }

  StoreBuilder<KeyValueStore<String, ClassProbe>> probes() {
    return builder(PROBES, AvroSerde.of(ClassProbe.class));
  }

  StoreBuilder<KeyValueStore<String, ProbeReport>> reports() {
    return builder(REPORTS, AvroSerde.of(ProbeReport.class));
  }

  StoreBuilder<KeyValueStore<String, String>> formats() {
    return builder(FORMATS, Serdes.String());
  }

  /** What these stores are written in today. */
  static StateFormats written() {
    return new StateFormats()
        .with(CHECKPOINTS, StateFormat.of(ExtractionStarted.class))
        .with(PROGRESS, StateFormat.numbered("progress", CheckpointProgress.VERSION))
        .with(PROBES, StateFormat.of(ClassProbe.class))
        .with(REPORTS, StateFormat.of(ProbeReport.class));
  }

  private <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(supplier.apply(name), Serdes.String(), values)
        .withLoggingEnabled(Map.of())
        .withCachingDisabled();
  }
}
