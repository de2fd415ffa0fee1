package io.salient.extractor.model;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import java.util.List;

/** Which families of models there are. */
public final class Encoders {
  /** Every {@code model_type} that can be read. */
  public static final List<String> SUPPORTED = List.of("bert");

  private Encoders() {}

  /**
   * Reads the weights of a checkpoint into a model of its family. Afterwards the checkpoint's files
   * are not needed any more.
   *
   * @throws CheckpointException when family, configuration or weights cannot be used
   */
  public static Encoder load(CheckpointFolder checkpoint) {
    requireSupported(checkpoint);
    return BertEncoder.load(checkpoint);
  }

  private static void requireSupported(CheckpointFolder checkpoint) {
    String type = checkpoint.config().modelType();
    if (!SUPPORTED.contains(type)) {
      throw checkpoint
          .config()
          .refused("model_type", "is " + type + "; supported are " + SUPPORTED);
    }
  }
}
