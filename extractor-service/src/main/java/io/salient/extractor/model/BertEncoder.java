package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.util.Arrays;

/** BERT with any task head, of which only the encoder is read. */
public final class BertEncoder implements Encoder {
  private final BertConfig config;
  private final WeightMemory memory;
  private final NDManager manager;
  private final NDArray[] weights;
  private final TorchProgram program;

  private BertEncoder(
      BertConfig config, WeightMemory memory, NDManager manager, NDArray[] weights) {
    this.config = config;
    this.memory = memory;
    this.manager = manager;
    this.weights = weights;
    this.program = BertProgram.compile(config.activation());
  }

  /**
   * Reads configuration and weights.
   *
   * @throws CheckpointException naming the field or tensor that is wrong
   */
  static BertEncoder load(CheckpointFolder checkpoint) {
    BertConfig config = BertConfig.of(checkpoint.config());
    WeightMemory memory = new WeightMemory(checkpoint);
    NDManager manager = TorchEngine.newManager();
    try {
      NDArray[] weights = BertWeights.read(checkpoint, config, memory, manager);
      checkpoint.requireUnchanged();
      return new BertEncoder(config, memory, manager, weights);
    } catch (RuntimeException | Error e) {
      manager.close();
      memory.close();
      throw e;
    }
  }

  @Override
  public String modelType() {
    return "bert";
  }

  @Override
  public int layers() {
    return config.blocks() + 1;
  }

  @Override
  public int hiddenSize() {
    return config.hiddenSize();
  }

  @Override
  public int maxPositions() {
    return config.maxPositions();
  }

  @Override
  public int vocabulary() {
    return config.vocabulary();
  }

  @Override
  public NDArray words(NDManager results, WordBatch batch, Aggregation aggregation) {
    try (NDManager scratch = results.newSubManager()) {
      NDArray vectors =
          aggregation == Aggregation.AVERAGE
              ? mean(scratch, batch)
              : call(scratch, "pick", batch, ends(scratch, batch, aggregation));
      if (!program.call(scratch, "finite", vectors).singletonOrThrow().getBoolean()) {
        throw new CheckpointException(
            "activations.non-finite",
            "the model's output is not finite although its weights are: they are too large for"
                + " float32");
      }
      vectors.attach(results);
      return vectors;
    }
  }

  private NDArray mean(NDManager scratch, WordBatch batch) {
    int length = batch.paddedLength();
    int words = batch.words().length;
    int subwords = Arrays.stream(batch.words()).mapToInt(w -> w.last() - w.first() + 1).sum();
    long[] rows = new long[subwords];
    long[] wordOf = new long[subwords];
    float[] inverse = new float[words];
    int at = 0;
    for (int i = 0; i < words; i++) {
      WordBatch.Word word = batch.words()[i];
      inverse[i] = 1f / (word.last() - word.first() + 1);
      for (int position = word.first(); position <= word.last(); position++) {
        rows[at] = (long) word.sentence() * length + position;
        wordOf[at++] = i;
      }
    }
    return call(
        scratch,
        "mean",
        batch,
        scratch.create(rows),
        scratch.create(wordOf),
        scratch.create(inverse, new Shape(words, 1)));
  }

  private static NDArray ends(NDManager scratch, WordBatch batch, Aggregation aggregation) {
    int length = batch.paddedLength();
    return scratch.create(
        Arrays.stream(batch.words())
            .mapToLong(
                word ->
                    (long) word.sentence() * length
                        + (aggregation == Aggregation.FIRST ? word.first() : word.last()))
            .toArray());
  }

  private NDArray call(NDManager scratch, String method, WordBatch batch, Object... more) {
    Object[] arguments = Arrays.copyOf(arguments(scratch, batch), 6 + more.length);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return program.call(scratch, method, arguments).singletonOrThrow();
  }

  @Override
  public NDList hiddenStates(NDManager results, WordBatch batch) {
    try (NDManager scratch = results.newSubManager()) {
      NDList states = program.call(scratch, "states", arguments(scratch, batch));
      states.attach(results);
      return states;
    }
  }

  private Object[] arguments(NDManager scratch, WordBatch batch) {
    return new Object[] {
      ids(scratch, batch),
      batch.withoutPadding() ? null : mask(scratch, batch),
      weights,
      config.heads(),
      config.blocks(),
      config.layerNormEpsilon()
    };
  }

  private NDArray ids(NDManager scratch, WordBatch batch) {
    int length = batch.paddedLength();
    long[] ids = new long[batch.ids().length * length];
    for (int i = 0; i < batch.ids().length; i++) {
      long[] sentence = batch.ids()[i];
      System.arraycopy(sentence, 0, ids, i * length, sentence.length);
    }
    return scratch.create(ids, new Shape(batch.ids().length, length));
  }

  private static NDArray mask(NDManager scratch, WordBatch batch) {
    int length = batch.paddedLength();
    float[] mask = new float[batch.ids().length * length];
    for (int i = 0; i < batch.ids().length; i++) {
      Arrays.fill(
          mask, i * length + batch.ids()[i].length, (i + 1) * length, Float.NEGATIVE_INFINITY);
    }
    return scratch.create(mask, new Shape(batch.ids().length, 1, 1, length));
  }

  @Override
  public void close() {
    program.close();
    manager.close();
    memory.close();
  }
}
