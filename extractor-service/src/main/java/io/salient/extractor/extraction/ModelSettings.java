package io.salient.extractor.extraction;

import io.salient.extractor.model.Dtype;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a checkpoint becomes a model.
 *
 * @param dtype numbers of its linear layers
 * @param baseModel folder of the model that adapters adapt; empty for the one each names itself
 * @param randomWeights which checkpoints are read with random weights in the place of their own
 * @param randomSeed their seed
 * @param reuseBytes bytes of frozen layers' activations that are kept; 0 for none
 * @param stateDir where those lie
 */
public record ModelSettings(
    Dtype dtype,
    Optional<String> baseModel,
    Untrained randomWeights,
    long randomSeed,
    long reuseBytes,
    Path stateDir) {

  /** Checkpoints that are read with random weights. */
  public enum Untrained {
    /** None. */
    NONE,
    /** The baseline: drift is measured against an untrained model of the same shape. */
    BASELINE,
    /** All. */
    ALL
  }

  /** Checkpoints as they are, in float32, each computed whole. */
  public static ModelSettings plain() {
    return new ModelSettings(Dtype.FLOAT32, Optional.empty(), Untrained.NONE, 0, 0, Path.of("."));
  }

  /** Seed of the weights of a checkpoint; empty where its own are read. */
  OptionalLong seed(boolean baseline) {
    boolean random =
        randomWeights == Untrained.ALL || (randomWeights == Untrained.BASELINE && baseline);
    return random ? OptionalLong.of(randomSeed) : OptionalLong.empty();
  }
}
