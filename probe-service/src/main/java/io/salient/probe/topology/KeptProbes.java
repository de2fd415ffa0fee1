package io.salient.probe.topology;

import io.salient.lca.probe.Probe;
import io.salient.probe.topology.StoreKeys.Role;
import io.salient.probe.training.FitJob;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.ConceptInfo;
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
      weights[i] = weights(rows.get(i));
      bias[i] = rows.get(i).getBias();
    }
    return Optional.of(
        new Probe(concept, rows.stream().map(ClassProbe::getLabel).toList(), weights, bias));
  }

  /** The rows kept for a concept at the places of its labels; empty when none is kept. */
  Optional<Probe> read(Role role, String run, ConceptInfo concept) {
    List<ClassProbe> rows = rows(role, run, concept.getName());
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    float[][] weights = new float[concept.getLabels().size()][];
    float[] bias = new float[weights.length];
    for (ClassProbe row : rows) {
      weights[row.getLabelIndex()] = weights(row);
      bias[row.getLabelIndex()] = row.getBias();
    }
    return Optional.of(new Probe(concept.getName(), concept.getLabels(), weights, bias));
  }

  private static float[] weights(ClassProbe row) {
    return WeightCodec.decode(row.getWeights(), row.getWeights().remaining() / Float.BYTES);
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
