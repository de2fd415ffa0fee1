package io.salient.standalone.system;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.SalientNeurons;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What a run left on the results topic, in a form that can be compared byte for byte. */
final class FinalResults {
  private static final AvroSerde<SpecificRecord> SERDE = TopicSerdes.results();

  private FinalResults() {}

  /**
   * Rankings, drifts and evaluations by key, as the hexadecimal text of their bytes; what only a
   * clock decides is set to zero, and of the checkpoint's folder its name is left.
   */
  static Map<String, String> read(String bootstrapServers, String topic) {
    Map<String, String> results = new TreeMap<>();
    try (TopicJudge judge = new TopicJudge(bootstrapServers, topic)) {
      judge
          .latest(SERDE)
          .forEach(
              (key, value) -> {
                if (value instanceof SalientNeurons neurons) {
                  neurons.getReport().setFitSeconds(0);
                  neurons.getReport().setAnnouncedAt(Instant.EPOCH);
                  forgetPlace(neurons.getReport().getProvenance());
                  results.put(key, HexFormat.of().formatHex(SERDE.encode(neurons)));
                } else if (value instanceof ProbeEvaluation evaluation) {
                  evaluation.setSeconds(0);
                  evaluation.setEvaluationCosts(List.of());
                  evaluation.setAnnouncedAt(Instant.EPOCH);
                  forgetPlace(evaluation.getProvenance());
                  results.put(key, HexFormat.of().formatHex(SERDE.encode(evaluation)));
                } else if (value instanceof NeuronDrift drift) {
                  forgetPlace(drift.getProvenance());
                  results.put(key, HexFormat.of().formatHex(SERDE.encode(drift)));
                }
              });
    }
    return results;
  }

  private static void forgetPlace(Provenance provenance) {
    String uri = provenance.getCheckpointUri();
    provenance.setCheckpointUri(uri.substring(uri.lastIndexOf('/') + 1));
  }
}
