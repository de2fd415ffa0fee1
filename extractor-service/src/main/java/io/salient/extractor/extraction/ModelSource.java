package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.WeightChoice;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.tokenization.ExtractionCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** A checkpoint folder with a model: weights are read into memory, words go through it. */
final class ModelSource implements ActivationSource {
  private static final Logger LOG = Logger.getLogger(ModelSource.class);

  private final Path folder;
  private final WeightChoice weights;
  private final CheckpointFolder checkpoint;
  private final String checkpointId;
  private final ExtractionCorpus corpus;
  private final ExtractionSettings settings;
  private final Dtype dtype;
  private final FrozenLayers frozen;

  private ModelSource(
      Path folder,
      WeightChoice weights,
      CheckpointFolder checkpoint,
      String checkpointId,
      ExtractionCorpus corpus,
      ExtractionSettings settings,
      Dtype dtype,
      FrozenLayers frozen) {
    this.folder = folder;
    this.weights = weights;
    this.checkpoint = checkpoint;
    this.checkpointId = checkpointId;
    this.corpus = corpus;
    this.settings = settings;
    this.dtype = dtype;
    this.frozen = frozen;
  }

  /**
   * Opens the folder and hashes its weights.
   *
   * @param frozen layers that the step before had too
   * @throws CheckpointException when it cannot be used or has vanished
   */
  static ModelSource open(
      Path folder,
      WeightChoice weights,
      ExtractionCorpus corpus,
      ExtractionSettings settings,
      Dtype dtype,
      FrozenLayers frozen) {
    return whileThere(
        folder,
        () -> {
          CheckpointFolder checkpoint = CheckpointFolder.open(folder, weights);
          try {
            checkpoint.warnings().forEach(LOG::warn);
            return new ModelSource(
                folder,
                weights,
                checkpoint,
                checkpoint.checkpointId(),
                corpus,
                settings,
                dtype,
                frozen);
          } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
          }
        });
  }

  @Override
  public String checkpointId() {
    return checkpointId;
  }

  @Override
  public CheckpointActivations read(BooleanSupplier stop) {
    return whileThere(folder, this::load);
  }

  private CheckpointActivations load() {
    Encoder encoder = Encoders.load(checkpoint, dtype);
    try {
      ExtractionCorpus read = corpus.readBy(checkpoint);
      ExtractionCorpus.Plan plan = read.plan(checkpoint, encoder);
      requireRows(read, plan);
      int[] layers = settings.layers().of(encoder);
      ActivationFacts facts =
          new ActivationFacts(
              checkpointId,
              read,
              layers.length,
              numbers(layers, encoder),
              encoder.hiddenSize(),
              plan.rows(),
              plan.truncatedWords(),
              plan.droppedWords(),
              new ActivationFacts.Origin(
                  encoder.modelType(),
                  SubwordHash.of(plan.batches(), read.info().getWords()),
                  weights()));
      return new ModelActivations(
          encoder,
          plan,
          facts,
          dtype,
          () -> frozen.begin(encoder, plan, settings.aggregation(), layers));
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  private static <T> T whileThere(Path folder, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (!Files.isDirectory(folder)) {
        throw new CheckpointException(
            "checkpoint.vanished",
            folder + " was removed while it was read: raise the Trainer's save_total_limit",
            e);
      }
      throw e;
    }
  }

  private static void requireRows(ExtractionCorpus corpus, ExtractionCorpus.Plan plan) {
    if (plan.rows() == 0) {
      throw new CheckpointException(
          "corpus.no-rows",
          ("%s: none of its %d words gets a vector, %d have no subword, %d do not fit:"
                  + " see salient.extractor.corpus.path and salient.extractor.long-sentences")
              .formatted(
                  corpus.info().getName(),
                  corpus.info().getWords(),
                  plan.droppedWords(),
                  plan.truncatedWords()));
    }
  }

  /** None where all are sent. */
  private static List<Integer> numbers(int[] layers, Encoder encoder) {
    return layers.length == encoder.layers() ? List.of() : Arrays.stream(layers).boxed().toList();
  }

  private Map<String, String> weights() {
    Map<String, String> told = new TreeMap<>();
    if (dtype != Dtype.FLOAT32) {
      told.put("dtype", dtype.name().toLowerCase(Locale.ROOT));
    }
    weights.randomSeed().ifPresent(seed -> told.put("randomSeed", "" + seed));
    if (!checkpoint.baseModel().isEmpty()) {
      told.put("baseModel", checkpoint.baseModel());
    }
    return told;
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
