package io.salient.extractor.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which weights a checkpoint folder stands for.
 *
 * @param roots where a base model may lie
 * @param baseModel folder of the model that adapters adapt; empty for the one each names itself
 * @param randomSeed seed of random weights in the place of those stored; empty for those stored
 */
public record WeightChoice(
    CheckpointRoots roots, Optional<String> baseModel, OptionalLong randomSeed) {

  /** The weights that lie in the folder itself. */
  public static WeightChoice stored() {
    return new WeightChoice(
        CheckpointRoots.of(java.util.List.of()), Optional.empty(), OptionalLong.empty());
  }

  /**
   * The folder with the whole model: the checkpoint itself, or, of an adapter, its base model.
   *
   * @throws CheckpointException when the base model is not a local folder in the roots
   */
  Path modelFolder(Path checkpoint) {
    if (!AdapterConfig.isIn(checkpoint)) {
      return checkpoint;
    }
    if (CheckpointFolder.hasWholeModel(checkpoint)) {
      throw new CheckpointException(
          "adapter.ambiguous",
          checkpoint
              + " holds an adapter and a whole model: move "
              + AdapterConfig.FILE
              + " away if the adapter is merged already, or model.safetensors if it is not");
    }
    return baseModel.map(roots::resolve).orElseGet(() -> named(AdapterConfig.read(checkpoint)));
  }

  private Path named(AdapterConfig adapter) {
    String name = adapter.baseModel();
    if (!Path.of(name).isAbsolute()) {
      throw adapter.refused(
          "base_model_name_or_path",
          "is "
              + (name.isEmpty() ? "missing" : name)
              + ", which is not the absolute path of a folder, and nothing is ever downloaded: give"
              + " the folder of the base model by --base-model or salient.extractor.base-model");
    }
    try {
      return roots.resolve(name);
    } catch (CheckpointException e) {
      throw adapter.refused(
          "base_model_name_or_path",
          "is "
              + name
              + ", which is not a folder that may be read ("
              + e.getMessage()
              + "): give the folder of the base model by --base-model or"
              + " salient.extractor.base-model, or add it to salient.extractor.roots");
    }
  }

  /** Opens the weights. */
  CheckpointWeights open(Path checkpoint, Path model, ModelConfig config) {
    CheckpointWeights stored = StoredWeights.open(model);
    try {
      if (randomSeed.isPresent()) {
        return new RandomWeights(stored, config, randomSeed.getAsLong());
      }
      return model.equals(checkpoint) ? stored : AdaptedWeights.open(checkpoint, stored);
    } catch (RuntimeException | Error e) {
      stored.close();
      throw e;
    }
  }
}
