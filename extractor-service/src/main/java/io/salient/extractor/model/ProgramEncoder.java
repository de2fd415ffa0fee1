package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.LayerWeights;
import io.salient.extractor.model.architecture.ModelProgram;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model of any family: its {@link Architecture}'s program and the weights that it takes. */
final class ProgramEncoder implements Encoder {
  private final Architecture architecture;
  private final Dtype dtype;
  private final WeightMemory memory;
  private final NDManager manager;
  private final NDArray[] weights;
  private final TorchProgram program;

  private ProgramEncoder(
      Architecture architecture,
      Dtype dtype,
      WeightMemory memory,
      NDManager manager,
      NDArray[] weights) {
    this.architecture = architecture;
    this.dtype = dtype;
    this.memory = memory;
    this.manager = manager;
    this.weights = weights;
    this.program = ModelProgram.compile(architecture);
  }

  /**
   * Reads the weights.
   *
   * @throws CheckpointException naming the tensor that is wrong
   */
  static ProgramEncoder load(CheckpointFolder checkpoint, Architecture architecture, Dtype dtype) {
    WeightMemory memory = new WeightMemory(checkpoint);
    NDManager manager = TorchEngine.newManager();
    try {
      WeightReader reader = new WeightReader(checkpoint, architecture, memory, manager, dtype);
      NDArray[] weights = reader.read(architecture);
      checkpoint.requireUnchanged();
      UnusedTensors.report(checkpoint, reader.unused());
      return new ProgramEncoder(architecture, dtype, memory, manager, weights);
    } catch (RuntimeException | Error e) {
      manager.close();
      memory.close();
      throw e;
    }
  }

  @Override
  public String modelType() {
    return architecture.modelType();
  }

  @Override
  public int layers() {
    return architecture.layers().size() + 1;
  }

  @Override
  public int hiddenSize() {
    return architecture.hiddenSize();
  }

  @Override
  public int maxPositions() {
    return architecture.maxPositions();
  }

  @Override
  public int vocabulary() {
    return architecture.vocabulary();
  }

  @Override
  public NDArray words(NDManager results, WordBatch batch, Aggregation aggregation, int... layers) {
    return run(results, batch, aggregation, null, 0, -1, layers).head();
  }

  @Override
  public NDList wordsAndState(
      NDManager results, WordBatch batch, Aggregation aggregation, int keep, int... layers) {
    return run(results, batch, aggregation, null, 0, keep, layers);
  }

  @Override
  public NDArray wordsAbove(
      NDManager results,
      WordBatch batch,
      Aggregation aggregation,
      int below,
      NDArray state,
      int... layers) {
    return run(results, batch, aggregation, state, below, -1, layers).head();
  }

  @Override
  public List<String> layerKeys() {
    return LayerKeys.of(LayerWeights.of(architecture), weights, dtype);
  }

  private NDList run(
      NDManager results,
      WordBatch batch,
      Aggregation aggregation,
      NDArray given,
      int above,
      int keep,
      int[] layers) {
    try (NDManager scratch = results.newSubManager()) {
      Object[] part = {given, above, keep, layers};
      NDList vectors =
          aggregation == Aggregation.AVERAGE
              ? mean(scratch, batch, part)
              : call(scratch, "pick", batch, part, ends(scratch, batch, aggregation));
      if (!program.call(scratch, "finite", vectors.head()).singletonOrThrow().getBoolean()) {
        throw new NonFiniteOutputException(
            new NonFiniteSearch(this, batch, layers).in(scratch, vectors.head()));
      }
      vectors.attach(results);
      return vectors;
    }
  }

  private NDList mean(NDManager scratch, WordBatch batch, Object[] part) {
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
        part,
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

  private NDList call(
      NDManager scratch, String method, WordBatch batch, Object[] part, Object... more) {
    List<Object> arguments = new ArrayList<>(Arrays.asList(arguments(scratch, batch)));
    arguments.addAll(Arrays.asList(part));
    arguments.addAll(Arrays.asList(more));
    return program.call(scratch, method, arguments.toArray());
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
      ids(scratch, batch), batch.withoutPadding() ? null : mask(scratch, batch), weights
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
