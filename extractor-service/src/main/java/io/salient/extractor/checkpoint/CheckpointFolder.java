package io.salient.extractor.checkpoint;

import io.salient.torch.SafetensorsFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * A checkpoint as Hugging Face's Trainer leaves it, opened and checked as far as the model's family
 * does not matter:
 *
 * <pre>
 * config.json          family and sizes of the model            required
 * model.safetensors    weights, or shards and their index       required; pickle is refused
 * tokenizer.json       how words become subwords                required, or what stands for it
 * trainer_state.json   step                                     checked against the folder's name
 * </pre>
 *
 * <p>Only files of the folder itself are opened, never what a symbolic link points to.
 */
public final class CheckpointFolder implements AutoCloseable {
  private final Path path;
  private final ModelConfig config;
  private final TokenizerFiles tokenizer;
  private final SafetensorsFolder weights;
  private final List<String> warnings;
  private final String identity;

  private CheckpointFolder(
      Path path,
      ModelConfig config,
      TokenizerFiles tokenizer,
      SafetensorsFolder weights,
      List<String> warnings,
      String identity) {
    this.path = path;
    this.config = config;
    this.tokenizer = tokenizer;
    this.weights = weights;
    this.warnings = warnings;
    this.identity = identity;
  }

  /**
   * Opens a folder that {@link CheckpointRoots#resolve} allowed.
   *
   * @throws CheckpointException when it is not a checkpoint that can be used
   * @throws io.salient.torch.SafetensorsException when its weights are not
   */
  public static CheckpointFolder open(Path folder) {
    String identity = FolderFingerprint.ofCheckpoint(folder);
    ModelConfig config = ModelConfig.read(folder);
    TokenizerFiles tokenizer = TokenizerFiles.find(folder, config);
    CheckpointStep step = CheckpointStep.read(folder);
    return new CheckpointFolder(
        folder, config, tokenizer, SafetensorsFolder.open(folder), step.warnings(), identity);
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Its config.json. */
  public ModelConfig config() {
    return config;
  }

  /** The files of its tokenizer. */
  public TokenizerFiles tokenizer() {
    return tokenizer;
  }

  /** Its weights, mapped. */
  public SafetensorsFolder weights() {
    return weights;
  }

  /** What is not as it should be and yet does no harm. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The checkpoint id: SHA-256 of the weights, see {@link SafetensorsFolder#sha256}.
   *
   * @throws CheckpointException when the files shrink meanwhile
   */
  public String checkpointId() {
    try {
      return weights.sha256();
    } catch (InternalError e) {
      throw vanished(e); // the JVM's word for mapped memory without a file behind it
    }
  }

  /**
   * Makes sure that what was read since {@link #open} was one and the same checkpoint.
   *
   * @throws CheckpointException when files were removed or written meanwhile
   */
  public void requireUnchanged() {
    if (!FolderFingerprint.ofCheckpoint(path).equals(identity)) {
      throw vanished(null);
    }
  }

  /** What to throw when the files went away while they were read. */
  public CheckpointException vanished(Throwable cause) {
    return new CheckpointException(
        "checkpoint.vanished",
        path
            + " was removed or written to while it was read: raise the Trainer's save_total_limit"
            + " or announce it again",
        cause);
  }

  /** Unmaps the weights. */
  @Override
  public void close() {
    weights.close();
  }
}
