package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.checkpoint.StoredActivations;
import io.salient.extractor.checkpoint.WeightChoice;
import io.salient.extractor.model.Dtype;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One checkpoint from its announcement to its last block: opened and checked, weights read into
 * memory, {@code ExtractionStarted} sent, then the words of the corpus batch by batch.
 *
 * <p>After the weights are read the folder is not needed any more: a Trainer may rotate it away.
 */
public final class Extraction implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Extraction.class);
  private static final int REMEMBERED = 10_000;

  private final CheckpointRoots roots;
  private final ExtractionCorpus corpus;
  private final ExtractionSettings settings;
  private final ModelSettings models;
  private final FrozenLayers frozen;
  private final StoredExtraction stored;
  private final Set<Done> done =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Done, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** A checkpoint all of whose records were acknowledged. */
  private record Done(String run, long step, boolean baseline, String checkpointId) {}

  /** A checkpoint in memory, ready for its first forward pass. */
  private record Loaded(
      String checkpointId,
      Encoder encoder,
      ExtractionCorpus corpus,
      ExtractionCorpus.Plan plan,
      int[] layers,
      ExtractionEstimate estimate,
      String baseModel) {}

  /** Extracts checkpoints under the roots over one corpus. */
  public Extraction(CheckpointRoots roots, ExtractionCorpus corpus, ExtractionSettings settings) {
    this(roots, corpus, settings, ModelSettings.plain(), false);
  }

  /**
   * The same, with checkpoints becoming models in another way than the plain one.
   *
   * @param allowCut whether sentences of activations from files may have fewer vectors than words
   */
  public Extraction(
      CheckpointRoots roots,
      ExtractionCorpus corpus,
      ExtractionSettings settings,
      ModelSettings models,
      boolean allowCut) {
    this.roots = roots;
    this.corpus = corpus;
    this.settings = settings;
    this.models = models;
    this.frozen = new FrozenLayers(models.stateDir(), models.reuseBytes());
    this.stored = new StoredExtraction(corpus, settings, allowCut);
  }

  /**
   * Extracts a checkpoint; all is sent when this returns, but need not have arrived.
   *
   * @param stop asked before every batch
   * @param onCheckpointId told the checkpoint id as soon as it is known
   * @return false when these very bytes were {@link #remember remembered} and not asked for again
   * @throws CheckpointException when the checkpoint cannot be used
   * @throws io.salient.torch.SafetensorsException when its weights cannot
   * @throws java.util.concurrent.CancellationException when it was stopped
   */
  public boolean run(
      CheckpointSaved saved,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop,
      Consumer<String> onCheckpointId) {
    Optional<Path> activations = activations(saved);
    if (activations.isPresent()) {
      String id = stored.checkpointId(activations.get());
      onCheckpointId.accept(id);
      if (!saved.getAgain() && done.contains(done(saved, id))) {
        return false;
      }
      LOG.infof(
          "step %d of %s: activations are read from %s, no model is run",
          saved.getStep(), saved.getRun(), activations.get());
      stored.run(saved, id, activations.get(), sink, progress, stop);
      return true;
    }
    Loaded loaded = load(saved, onCheckpointId);
    if (loaded == null) {
      LOG.infof("step %d of %s was extracted before", saved.getStep(), saved.getRun());
      return false;
    }
    try (Encoder encoder = loaded.encoder()) {
      FrozenLayers.Words words =
          frozen.begin(encoder, loaded.plan(), settings.aggregation(), loaded.layers());
      return run(saved, loaded, words, sink, progress, stop);
    }
  }

  /** The stored activations to take; none where a model beside them gets random weights. */
  private Optional<Path> activations(CheckpointSaved saved) {
    Path source = roots.resolve(saved.getUri());
    return models.seed(saved.getBaseline()).isPresent() && StoredActivations.isModel(source)
        ? Optional.empty()
        : StoredActivations.in(source);
  }

  private boolean run(
      CheckpointSaved saved,
      Loaded loaded,
      FrozenLayers.Words words,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop) {
    int reused = words.reused();
    try (Forward forward = new Forward(words, loaded.corpus(), models.dtype())) {
      ExtractionStarted started = started(saved, loaded, forward.expectedSeconds(loaded.plan()));
      LOG.infof(
          "step %d of %s: %s",
          saved.getStep(), saved.getRun(), ExtractionEstimate.inWords(started));
      progress.started(started);
      progress.reusing(reused);
      sink.send(saved.getRun(), started);
      BlockCutter cutter =
          new BlockCutter(
              loaded.corpus(),
              saved.getRun(),
              saved.getStep(),
              loaded.checkpointId(),
              loaded.estimate().neurons(),
              settings.encoding());
      long start = System.nanoTime();
      forward.run(saved.getRun(), loaded.plan(), cutter, sink, progress, stop);
      double seconds = (System.nanoTime() - start) / 1e9;
      LOG.infof(
          "step %d of %s: %d words in %.1f s, %.0f words/s, %d layers reused",
          saved.getStep(),
          saved.getRun(),
          loaded.plan().rows(),
          seconds,
          loaded.plan().rows() / seconds,
          reused);
      return true;
    }
  }

  /** Notes that all of a checkpoint arrived, so that the same bytes are not extracted again. */
  public void remember(CheckpointSaved saved, String checkpointId) {
    done.add(done(saved, checkpointId));
  }

  private static Done done(CheckpointSaved saved, String checkpointId) {
    return new Done(saved.getRun(), saved.getStep(), saved.getBaseline(), checkpointId);
  }

  private Loaded load(CheckpointSaved saved, Consumer<String> onCheckpointId) {
    Path folder = roots.resolve(saved.getUri());
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder, choice(saved))) {
      checkpoint.warnings().forEach(LOG::warn);
      String id = checkpoint.checkpointId();
      onCheckpointId.accept(id);
      if (!saved.getAgain() && done.contains(done(saved, id))) {
        return null;
      }
      return load(checkpoint, id);
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

  private WeightChoice choice(CheckpointSaved saved) {
    return new WeightChoice(roots, models.baseModel(), models.seed(saved.getBaseline()));
  }

  private Loaded load(CheckpointFolder checkpoint, String id) {
    Encoder encoder = Encoders.load(checkpoint, models.dtype());
    try {
      ExtractionCorpus read = corpus.readBy(checkpoint);
      ExtractionCorpus.Plan plan = read.plan(checkpoint, encoder);
      requireRows(read, plan);
      int[] layers = settings.layers().of(encoder);
      int neurons = Math.multiplyExact(layers.length, encoder.hiddenSize());
      ExtractionEstimate estimate =
          ExtractionEstimate.of(plan.rows(), neurons, settings.encoding());
      estimate.requireAtMost(settings.maxBytes(), layers.length);
      return new Loaded(id, encoder, read, plan, layers, estimate, checkpoint.baseModel());
    } catch (RuntimeException | Error e) {
      encoder.close();
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

  private ExtractionStarted started(CheckpointSaved saved, Loaded loaded, double expectedSeconds) {
    return ExtractionStarted.newBuilder()
        .setRun(saved.getRun())
        .setStep(saved.getStep())
        .setCheckpointId(loaded.checkpointId())
        .setBaseline(saved.getBaseline())
        .setCorpus(loaded.corpus().info())
        .setLayers(loaded.layers().length)
        .setLayerNumbers(numbers(loaded))
        .setEstimatedBytes(loaded.estimate().blockBytes())
        .setEstimatedSeconds(expectedSeconds)
        .setHiddenSize(loaded.encoder().hiddenSize())
        .setConcepts(loaded.corpus().concepts())
        .setRows(loaded.plan().rows())
        .setTruncatedWords(loaded.plan().truncatedWords())
        .setDroppedWords(loaded.plan().droppedWords())
        .setEncoding(settings.encoding())
        .setProvenance(provenance(saved, loaded))
        .setAnnouncedAt(saved.getAnnouncedAt())
        .build();
  }

  /** None where all are sent. */
  private static List<Integer> numbers(Loaded loaded) {
    return loaded.layers().length == loaded.encoder().layers()
        ? List.of()
        : Arrays.stream(loaded.layers()).boxed().toList();
  }

  private Provenance provenance(CheckpointSaved saved, Loaded loaded) {
    return Provenance.newBuilder()
        .setVersion(settings.version())
        .setCheckpointUri(saved.getUri())
        .setCheckpointId(loaded.checkpointId())
        .setModelType(loaded.encoder().modelType())
        .setCorpus(loaded.corpus().info().getName())
        .setCorpusHash(loaded.corpus().info().getHash())
        .setAggregation(settings.aggregation())
        .setTokenizer(SubwordHash.of(loaded.plan().batches(), loaded.corpus().info().getWords()))
        .setSeed(settings.seed())
        .setWeights(weights(saved, loaded))
        .build();
  }

  private Map<String, String> weights(CheckpointSaved saved, Loaded loaded) {
    Map<String, String> weights = new TreeMap<>();
    if (models.dtype() != Dtype.FLOAT32) {
      weights.put("dtype", models.dtype().name().toLowerCase(Locale.ROOT));
    }
    models.seed(saved.getBaseline()).ifPresent(seed -> weights.put("randomSeed", "" + seed));
    if (!loaded.baseModel().isEmpty()) {
      weights.put("baseModel", loaded.baseModel());
    }
    return weights;
  }

  /** Frees what is kept between checkpoints. */
  @Override
  public void close() {
    frozen.close();
  }
}
