package io.salient.extractor.checkpoint;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
 * <p>Of a LoRA adapter as PEFT and the Trainer save it there are {@code adapter_config.json} and
 * {@code adapter_model.safetensors} instead of the weights; config.json, and tokenizer.json where
 * it has none, are the base model's.
 *
 * <p>Only files of the folder itself, and of that base model's, are opened, never what a symbolic
 * link points to.
 */
public final class CheckpointFolder implements AutoCloseable {
  private static final String VOCABULARY = "vocab_size";

  /** The file of the weights, or the index of its shards. */
  private static final List<String> WHOLE_MODEL =
      List.of("model.safetensors", "model.safetensors.index.json");

  private final Path path;
  private final Path model;
  private final ModelConfig config;
  private final TokenizerFiles tokenizer;
  private final CheckpointWeights weights;
  private final List<String> warnings;
  private final String identity;

  private CheckpointFolder(
      Path path,
      Path model,
      ModelConfig config,
      TokenizerFiles tokenizer,
      CheckpointWeights weights,
      List<String> warnings,
      String identity) {
    this.path = path;
    this.model = model;
    this.config = config;
    this.tokenizer = tokenizer;
    this.weights = weights;
    this.warnings = warnings;
    this.identity = identity;
  }

  /**
   * Opens a folder that {@link CheckpointRoots#resolve} allowed, with the weights that lie in it.
   *
   * @throws CheckpointException when it is not a checkpoint that can be used
   * @throws io.salient.torch.SafetensorsException when its weights are not
   */
  public static CheckpointFolder open(Path folder) {
    return open(folder, WeightChoice.stored());
  }

  /** The same with other weights than those, or with those of an adapter and its base model. */
  public static CheckpointFolder open(Path folder, WeightChoice choice) {
    Path model = choice.modelFolder(folder);
    String identity = identity(folder, model);
    ModelConfig config = ModelConfig.read(model);
    TokenizerFiles tokenizer = TokenizerFiles.find(tokenizerFolder(folder, model), config);
    CheckpointStep step = CheckpointStep.read(folder);
    CheckpointWeights weights = choice.open(folder, model, config);
    return new CheckpointFolder(
        folder,
        model,
        resized(config, weights),
        tokenizer,
        weights,
        warnings(model, step),
        identity);
  }

  /** True when the weights of a whole model are there, or on their way. */
  public static boolean hasWholeModel(Path folder) {
    return WHOLE_MODEL.stream().anyMatch(name -> isThere(folder, name));
  }

  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  private static List<String> warnings(Path model, CheckpointStep step) {
    boolean both = WHOLE_MODEL.stream().allMatch(name -> isThere(model, name));
    return both
        ? Stream.concat(
                step.warnings().stream(),
                Stream.of(
                    model
                        + ": model.safetensors and an index of shards lie here; the file is read,"
                        + " the shards are not"))
            .toList()
        : step.warnings();
  }

  /** The base model's configuration, with as many words as the adapter has embeddings for. */
  private static ModelConfig resized(ModelConfig config, CheckpointWeights weights) {
    if (!(weights instanceof AdaptedWeights adapted) || !config.has(VOCABULARY)) {
      return config;
    }
    int rows = config.whole(VOCABULARY, 0, 0, Integer.MAX_VALUE);
    int own = adapted.vocabulary(rows);
    return own == rows ? config : config.with(VOCABULARY, own);
  }

  private static String identity(Path folder, Path model) {
    return FolderFingerprint.ofCheckpoint(folder)
        + (model.equals(folder) ? "" : FolderFingerprint.ofCheckpoint(model));
  }

  /** An adapter's own tokenizer, or that of its base model. */
  private static Path tokenizerFolder(Path folder, Path model) {
    boolean own =
        Stream.of("tokenizer.json", "vocab.txt", "vocab.json")
            .anyMatch(name -> isThere(folder, name));
    return own ? folder : model;
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Folder of the base model, of an adapter; empty for a whole model. */
  public String baseModel() {
    return model.equals(path) ? "" : model.toString();
  }

  /** Its config.json. */
  public ModelConfig config() {
    return config;
  }

  /** The files of its tokenizer. */
  public TokenizerFiles tokenizer() {
    return tokenizer;
  }

  /** Its weights. */
  public CheckpointWeights weights() {
    return weights;
  }

  /** What is not as it should be and yet does no harm. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The checkpoint id: SHA-256 of all that decides the weights; of weights that lie in the folder
   * see {@link io.salient.torch.SafetensorsFolder#sha256}.
   *
   * @throws CheckpointException when the files shrink meanwhile
   */
  public String checkpointId() {
    return weights.id();
  }

  /**
   * Makes sure that what was read since {@link #open} was one and the same checkpoint.
   *
   * @throws CheckpointException when files were removed or written meanwhile
   */
  public void requireUnchanged() {
    if (!identity(path, model).equals(identity)) {
      throw vanished(path, null);
    }
  }

  /** What to throw when the files went away while they were read. */
  static CheckpointException vanished(Path path, Throwable cause) {
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
