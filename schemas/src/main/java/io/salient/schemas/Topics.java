package io.salient.schemas;

import java.util.List;

/**
 * Names of Salient's topics.
 *
 * @param prefix what every name starts with, {@code salient.topics.prefix}
 */
public record Topics(String prefix) {
  /** {@code CheckpointSaved}, key run. */
  public String checkpoints() {
    return prefix + ".checkpoints";
  }

  /** {@code ExtractionStarted}, {@code ActivationBlock}, {@code ExtractionFailed}; key run. */
  public String activations() {
    return prefix + ".activations";
  }

  /** {@code ClassProbe}, {@code ProbeReport}, key run/concept; {@code RunStatus}, key run. */
  public String probes() {
    return prefix + ".probes";
  }

  /**
   * {@code SalientNeurons}, {@code NeuronDrift}, {@code RunStatus}; key run/concept/step/kind,
   * compacted.
   */
  public String results() {
    return prefix + ".results";
  }

  /** Raw bytes of what could not be used; see {@link DeadLetter}. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** All of them, in the order of the flow. */
  public List<String> all() {
    return List.of(checkpoints(), activations(), probes(), results(), deadLetters());
  }
}
