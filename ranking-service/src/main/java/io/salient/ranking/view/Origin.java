package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.salient.schemas.avro.Provenance;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a result comes from.
 *
 * @param version of the code
 * @param checkpointUri folder of the weights
 * @param modelType model_type of the checkpoint
 * @param weights how they were read where it was not plainly: dtype, randomSeed, baseModel (of an
 *     adapter), by name
 * @param corpus file name
 * @param corpusHash its hash
 * @param aggregation of subwords: last, first or average
 * @param seed of the batch order
 * @param settings of the fit
 * @param tokenizer hash of how words are cut into subwords, which only the report tells; empty from
 *     a version before
 */
public record Origin(
    String version,
    String checkpointUri,
    String modelType,
    Map<String, String> weights,
    String corpus,
    String corpusHash,
    String aggregation,
    long seed,
    Map<String, String> settings,
    @JsonIgnore String tokenizer) {
  static Origin of(Provenance origin) {
    return new Origin(
        origin.getVersion(),
        origin.getCheckpointUri(),
        origin.getModelType(),
        new TreeMap<>(origin.getWeights()),
        origin.getCorpus(),
        origin.getCorpusHash(),
        EnumText.of(origin.getAggregation()),
        origin.getSeed(),
        origin.getSettings(),
        origin.getTokenizer());
  }

  /** How the weights were read, for people. */
  public String weightsInWords() {
    return weights.isEmpty()
        ? "as stored, in float32"
        : weights.entrySet().stream()
            .map(one -> one.getKey() + " = " + one.getValue())
            .collect(Collectors.joining(", "));
  }
}
