package io.salient.extractor.model;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.family.Bert;
import io.salient.extractor.model.family.Gpt2;
import io.salient.extractor.model.family.Llama;
import java.util.List;

/** Which families of models there are. */
public final class Encoders {
  private static final List<Family> FAMILIES = List.of(new Bert(), new Gpt2(), new Llama());

  /** Every {@code model_type} that can be read. */
  public static final List<String> SUPPORTED =
      FAMILIES.stream().flatMap(family -> family.modelTypes().stream()).sorted().toList();

  private Encoders() {}

  /**
   * Reads the weights of a checkpoint into a model of its family. Afterwards the checkpoint's files
   * are not needed any more.
   *
   * @throws CheckpointException when family, configuration or weights cannot be used
   */
  public static Encoder load(CheckpointFolder checkpoint) {
    return ProgramEncoder.load(checkpoint, family(checkpoint).architecture(checkpoint.config()));
  }

  private static Family family(CheckpointFolder checkpoint) {
    String type = checkpoint.config().modelType();
    return FAMILIES.stream()
        .filter(family -> family.modelTypes().contains(type))
        .findFirst()
        .orElseThrow(
            () ->
                checkpoint
                    .config()
                    .refused("model_type", "is " + type + "; supported are " + SUPPORTED));
  }
}
