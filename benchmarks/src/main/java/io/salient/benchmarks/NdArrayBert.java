package io.salient.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;

/**
 * BERT written plainly with DJL's NDArray operations: the rival in {@link ExtractionBenchmark}.
 * Weights go by their names in Transformers, without prefix.
 */
final class NdArrayBert {
  private final Map<String, NDArray> weights;
  private final int heads;
  private final int blocks;

  NdArrayBert(Map<String, NDArray> weights, int heads, int blocks) {
    this.weights = weights;
    this.heads = heads;
    this.blocks = blocks;
  }

  /** Outputs of all layers, B x S x H each, for sentences of one length. */
  NDList hiddenStates(NDManager results, NDArray ids) {
    NDList states = new NDList();
    try (NDManager scratch = results.newSubManager()) {
      NDArray given = ids.duplicate();
      given.attach(scratch);
      NDArray x = embeddings(scratch, given);
      x.attach(results);
      states.add(x);
      for (int i = 0; i < blocks; i++) {
        NDArray output = block(results, x, "encoder.layer." + i + ".");
        states.add(output);
        x = output;
      }
    }
    return states;
  }

  private NDArray embeddings(NDManager scratch, NDArray ids) {
    long length = ids.getShape().get(1);
    NDArray positions =
        scratch.arange((int) length).toType(DataType.INT64, false).reshape(1, length);
    NDArray types = scratch.zeros(new Shape(1, length), DataType.INT64);
    NDArray sum =
        embedding(ids, "word")
            .add(embedding(positions, "position"))
            .add(embedding(types, "token_type"));
    return norm(sum, "embeddings.LayerNorm");
  }

  private NDArray embedding(NDArray ids, String kind) {
    NDArray table = weights.get("embeddings." + kind + "_embeddings.weight");
    return Embedding.embedding(ids, table, SparseFormat.DENSE).get(0);
  }

  private NDArray block(NDManager results, NDArray input, String name) {
    try (NDManager scratch = results.newSubManager()) {
      NDArray x = input.reshape(input.getShape()); // a handle whose products belong to the scratch
      x.attach(scratch);
      NDArray attended =
          norm(
              linear(attention(x, name), name + "attention.output.dense").addi(x),
              name + "attention.output.LayerNorm");
      NDArray wide = Activation.gelu(linear(attended, name + "intermediate.dense"));
      NDArray output =
          norm(linear(wide, name + "output.dense").addi(attended), name + "output.LayerNorm");
      output.attach(results);
      return output;
    }
  }

  private NDArray attention(NDArray x, String name) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    long hidden = x.getShape().get(2);
    String self = name + "attention.self.";
    NDArray q = split(linear(x, self + "query").muli(1 / Math.sqrt((double) hidden / heads)));
    NDArray k = split(linear(x, self + "key")).transpose(0, 1, 3, 2);
    NDArray v = split(linear(x, self + "value"));
    return q.matMul(k).softmax(-1).matMul(v).transpose(0, 2, 1, 3).reshape(batch, length, hidden);
  }

  private NDArray split(NDArray x) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads).transpose(0, 2, 1, 3);
  }

  private NDArray linear(NDArray x, String name) {
    return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias")).get(0);
  }

  private NDArray norm(NDArray x, String name) {
    NDArray scale = weights.get(name + ".weight");
    return LayerNorm.layerNorm(x, scale.getShape(), scale, weights.get(name + ".bias"), 1e-12f)
        .get(0);
  }
}
