package io.salient.extractor.extraction;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.checkpoint.StoredActivations;
import io.salient.extractor.checkpoint.TrainingHistory;
import io.salient.extractor.checkpoint.WeightChoice;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.TrainingLog;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One checkpoint from its announcement to its last block: its source opened, checked and read,
 * {@code ExtractionStarted} sent, then the words of the corpus. The source is a model, or a file
 * that its activations were stored in; from there on the two are alike.
 */
public final class Extraction implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Extraction.class);
  private static final int REMEMBERED = 10_000;

  private final CheckpointRoots roots;
  private final ExtractionCorpus corpus;
  private final ExtractionSettings settings;
  private final ModelSettings models;
  private final FrozenLayers frozen;
  private final boolean allowCut;
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
    this.allowCut = allowCut;
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
    Optional<CheckpointActivations> wanted = read(saved, stop, onCheckpointId);
    if (wanted.isEmpty()) {
      LOG.infof("step %d of %s was extracted before", saved.getStep(), saved.getRun());
      return false;
    }
    try (CheckpointActivations activations = wanted.get()) {
      TrainingLog training = TrainingHistory.read(roots.resolve(saved.getUri()));
      send(saved, training, activations, sink, progress, stop);
      return true;
    }
  }

  /** The source is closed again when this returns: a Trainer may rotate its folder away. */
  private Optional<CheckpointActivations> read(
      CheckpointSaved saved, BooleanSupplier stop, Consumer<String> onCheckpointId) {
    try (ActivationSource source = source(saved)) {
      String id = source.checkpointId();
      onCheckpointId.accept(id);
      return !saved.getAgain() && done.contains(done(saved, id))
          ? Optional.empty()
          : Optional.of(source.read(stop));
    }
  }

  /** Stored activations where there are some, but for a model beside them with random weights. */
  private ActivationSource source(CheckpointSaved saved) {
    Path source = roots.resolve(saved.getUri());
    OptionalLong seed = models.seed(saved.getBaseline());
    Optional<Path> file =
        seed.isPresent() && StoredActivations.isModel(source)
            ? Optional.empty()
            : StoredActivations.in(source);
    if (file.isPresent()) {
      LOG.infof(
          "step %d of %s: activations are read from %s, no model is run",
          saved.getStep(), saved.getRun(), file.get());
      return new FileSource(file.get(), corpus, settings, allowCut);
    }
    WeightChoice weights = new WeightChoice(roots, models.baseModel(), seed);
    return ModelSource.open(source, weights, corpus, settings, models.dtype(), frozen);
  }

  private void send(
      CheckpointSaved saved,
      TrainingLog training,
      CheckpointActivations activations,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop) {
    ActivationFacts facts = activations.facts();
    ExtractionEstimate estimate =
        ExtractionEstimate.of(facts.rows(), facts.neurons(), settings.encoding());
    estimate.requireAtMost(settings.maxBytes(), facts.layers());
    double expectedSeconds = activations.prepare();
    ExtractionStarted started = started(saved, facts, estimate.blockBytes(), expectedSeconds);
    started.setTraining(training);
    LOG.infof(
        "step %d of %s: %s", saved.getStep(), saved.getRun(), ExtractionEstimate.inWords(started));
    progress.started(started);
    progress.reusing(activations.reusedLayers());
    sink.send(saved.getRun(), started);
    BlockCutter cutter =
        new BlockCutter(
            facts.corpus(),
            saved.getRun(),
            saved.getStep(),
            facts.checkpointId(),
            facts.neurons(),
            settings.encoding());
    long start = System.nanoTime();
    activations.send(saved.getRun(), cutter, sink, progress, stop);
    double seconds = (System.nanoTime() - start) / 1e9;
    LOG.infof(
        "step %d of %s: %d words in %.1f s, %.0f words/s, %d layers reused",
        saved.getStep(),
        saved.getRun(),
        facts.rows(),
        seconds,
        facts.rows() / seconds,
        activations.reusedLayers());
  }

  /** Notes that all of a checkpoint arrived, so that the same bytes are not extracted again. */
  public void remember(CheckpointSaved saved, String checkpointId) {
    done.add(done(saved, checkpointId));
  }

  private static Done done(CheckpointSaved saved, String checkpointId) {
    return new Done(saved.getRun(), saved.getStep(), saved.getBaseline(), checkpointId);
  }

  private ExtractionStarted started(
      CheckpointSaved saved, ActivationFacts facts, long bytes, double expectedSeconds) {
    return ExtractionStarted.newBuilder()
        .setRun(saved.getRun())
        .setStep(saved.getStep())
        .setCheckpointId(facts.checkpointId())
        .setBaseline(saved.getBaseline())
        .setCorpus(facts.corpus().info())
        .setLayers(facts.layers())
        .setLayerNumbers(facts.layerNumbers())
        .setEstimatedBytes(bytes)
        .setEstimatedSeconds(expectedSeconds)
        .setHiddenSize(facts.hiddenSize())
        .setConcepts(facts.corpus().concepts())
        .setRows(facts.rows())
        .setTruncatedWords(facts.truncatedWords())
        .setDroppedWords(facts.droppedWords())
        .setEncoding(settings.encoding())
        .setProvenance(provenance(saved, facts))
        .setAnnouncedAt(saved.getAnnouncedAt())
        .build();
  }

  private Provenance provenance(CheckpointSaved saved, ActivationFacts facts) {
    return Provenance.newBuilder()
        .setVersion(settings.version())
        .setCheckpointUri(saved.getUri())
        .setCheckpointId(facts.checkpointId())
        .setModelType(facts.origin().modelType())
        .setCorpus(facts.corpus().info().getName())
        .setCorpusHash(facts.corpus().info().getHash())
        .setAggregation(settings.aggregation())
        .setTokenizer(facts.origin().tokenizer())
        .setSeed(settings.seed())
        .setWeights(facts.origin().weights())
        .build();
  }

  /** Frees what is kept between checkpoints. */
  @Override
  public void close() {
    frozen.close();
  }
}
