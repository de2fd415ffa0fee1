package io.salient.extractor.extraction;

import io.salient.extractor.model.Dtype;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.tokenization.ExtractionCorpus;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Activations that a model in memory computes as they are sent. */
final class ModelActivations implements CheckpointActivations {
  private final Encoder encoder;
  private final ExtractionCorpus.Plan plan;
  private final ActivationFacts facts;
  private final Dtype dtype;
  private final Supplier<FrozenLayers.Words> begin;
  private Forward forward;
  private int reused;

  /**
   * Takes over the encoder.
   *
   * @param begin vectors of words, of which some layers may be known already
   */
  ModelActivations(
      Encoder encoder,
      ExtractionCorpus.Plan plan,
      ActivationFacts facts,
      Dtype dtype,
      Supplier<FrozenLayers.Words> begin) {
    this.encoder = encoder;
    this.plan = plan;
    this.facts = facts;
    this.dtype = dtype;
    this.begin = begin;
  }

  @Override
  public ActivationFacts facts() {
    return facts;
  }

  @Override
  public double prepare() {
    FrozenLayers.Words words = begin.get();
    reused = words.reused();
    forward = new Forward(words, facts.corpus(), dtype);
    return forward.expectedSeconds(plan);
  }

  @Override
  public int reusedLayers() {
    return reused;
  }

  @Override
  public void send(
      String run,
      BlockCutter cutter,
      BlockSink sink,
      ExtractionProgress progress,
      BooleanSupplier stop) {
    forward.run(run, plan, cutter, sink, progress, stop);
  }

  @Override
  public void close() {
    if (forward != null) {
      forward.close();
    }
    encoder.close();
  }
}
