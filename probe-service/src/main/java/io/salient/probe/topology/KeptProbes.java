package io.salient.probe.topology;

import io.salient.lca.probe.Probe;
import io.salient.probe.topology.StoreKeys.Role;
import io.salient.probe.training.FitJob;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ClassProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Final probes in the store, one entry per label, so that no entry grows with the number of labels.
 */
final class KeptProbes {
  private final KeyValueStore<String, ClassProbe> store;

  KeptProbes(KeyValueStore<String, ClassProbe> store) {
    this.store = store;
  }

  /** The probe kept for a concept; only labels that have a row come back. */
  Optional<Probe> read(Role role, String run, String concept) {
    List<ClassProbe> rows = rows(role, run, concept);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    float[][] weights = new float[rows.size()][];
    float[] bias = new float[rows.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          WeightCodec.decode(
              rows.get(i).getWeights(), rows.get(i).getWeights().remaining() / Float.BYTES);
      bias[i] = rows.get(i).getBias();
    }
    return Optional.of(
        new Probe(concept, rows.stream().map(ClassProbe::getLabel).toList(), weights, bias));
  }

  /** True when a probe is kept for a concept. */
  boolean has(Role role, String run, String concept) {
    try (KeyValueIterator<String, ClassProbe> all =
        store.prefixScan(StoreKeys.probes(role, run, concept), new StringSerializer())) {
      return all.hasNext();
    }
  }

  /** Replaces the probe kept for a concept. */
  void write(Role role, String run, FitJob job, Probe probe) {
    delete(role, run, probe.concept());
    for (ClassProbe row : ProbeRecords.classes(job, probe)) {
      store.put(StoreKeys.probe(role, run, probe.concept(), row.getLabelIndex()), row);
    }
  }

  /** Forgets the probe kept for a concept, if there is one. */
  void delete(Role role, String run, String concept) {
    for (ClassProbe old : rows(role, run, concept)) {
      store.delete(StoreKeys.probe(role, run, concept, old.getLabelIndex()));
    }
  }

  private List<ClassProbe> rows(Role role, String run, String concept) {
    List<ClassProbe> rows = new ArrayList<>();
    try (KeyValueIterator<String, ClassProbe> all =
        store.prefixScan(StoreKeys.probes(role, run, concept), new StringSerializer())) {
      all.forEachRemaining(entry -> rows.add(entry.value));
    }
    return rows;
  }
}
