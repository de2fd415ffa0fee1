package io.salient.extractor.model.architecture;

import io.salient.extractor.checkpoint.ModelConfig;
import java.util.List;

/** A family of models: knows what each field of its config.json does to the mathematics. */
public interface Family {
  /** Its names as {@code model_type} of config.json. */
  List<String> modelTypes();

  /**
   * The model that a config.json describes.
   *
   * @throws io.salient.extractor.checkpoint.CheckpointException naming the field that is wrong, or
   *     that asks for something that the family's class does not do
   */
  Architecture architecture(ModelConfig config);
}
