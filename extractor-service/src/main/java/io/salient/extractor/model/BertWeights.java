package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tensors of a BERT by their names in Transformers, whatever head is on it and whatever the
 * prefix, in the order that {@link BertProgram} takes them:
 *
 * <pre>
 * 0  word, 1 position, 2 token type embedding, 3 scale and 4 shift of their LayerNorm
 * then for each block, from 5 + 12 i on:
 *   0 query, key and value below each other (3H x H), 1 their biases
 *   2 output of the attention (H x H), 3 its bias, 4 scale and 5 shift of its LayerNorm
 *   6 intermediate (F x H), 7 its bias
 *   8 output (H x F), 9 its bias, 10 scale and 11 shift of its LayerNorm
 * </pre>
 */
final class BertWeights {
  private static final String ANCHOR = "embeddings.word_embeddings.weight";

  private final CheckpointFolder checkpoint;
  private final BertConfig config;
  private final WeightMemory memory;
  private final String prefix;
  private final Set<String> unused;

  private BertWeights(CheckpointFolder checkpoint, BertConfig config, WeightMemory memory) {
    this.checkpoint = checkpoint;
    this.config = config;
    this.memory = memory;
    this.prefix = prefix(checkpoint);
    this.unused = new TreeSet<>(checkpoint.weights().tensors().keySet());
  }

  /** Reads all of them. */
  static NDArray[] read(
      CheckpointFolder checkpoint, BertConfig config, WeightMemory memory, NDManager manager) {
    BertWeights weights = new BertWeights(checkpoint, config, memory);
    NDArray[] arrays = weights.readAll(manager);
    weights.unused.forEach(name -> memory.requireFinite(checkpoint.weights().tensors().get(name)));
    return arrays;
  }

  private static String prefix(CheckpointFolder checkpoint) {
    List<String> anchors =
        checkpoint.weights().tensors().keySet().stream()
            .filter(name -> name.equals(ANCHOR) || name.endsWith("." + ANCHOR))
            .toList();
    if (anchors.size() != 1) {
      throw new CheckpointException(
          "weights.tensor",
          checkpoint.path()
              + ": "
              + (anchors.isEmpty() ? "no" : "more than one")
              + " tensor is called "
              + ANCHOR
              + " (with any prefix); there are "
              + checkpoint.weights().tensors().keySet().stream()
                  .limit(5)
                  .collect(Collectors.joining(", ", "", " ...")));
    }
    return anchors.getFirst().substring(0, anchors.getFirst().length() - ANCHOR.length());
  }

  private NDArray[] readAll(NDManager manager) {
    int h = config.hiddenSize();
    int f = config.intermediateSize();
    List<NDArray> arrays = new ArrayList<>();
    arrays.add(matrix(manager, config.vocabulary(), h, ANCHOR));
    arrays.add(matrix(manager, config.maxPositions(), h, "embeddings.position_embeddings.weight"));
    arrays.add(matrix(manager, config.tokenTypes(), h, "embeddings.token_type_embeddings.weight"));
    norm(manager, arrays, "embeddings.LayerNorm.");
    for (int i = 0; i < config.blocks(); i++) {
      String block = "encoder.layer." + i + ".";
      String self = block + "attention.self.";
      arrays.add(
          matrix(manager, h, h, self + "query.weight", self + "key.weight", self + "value.weight"));
      arrays.add(vector(manager, h, self + "query.bias", self + "key.bias", self + "value.bias"));
      linear(manager, arrays, h, h, block + "attention.output.dense.");
      norm(manager, arrays, block + "attention.output.LayerNorm.");
      linear(manager, arrays, f, h, block + "intermediate.dense.");
      linear(manager, arrays, h, f, block + "output.dense.");
      norm(manager, arrays, block + "output.LayerNorm.");
    }
    return arrays.toArray(NDArray[]::new);
  }

  private void linear(NDManager manager, List<NDArray> arrays, int out, int in, String name) {
    arrays.add(matrix(manager, out, in, name + "weight"));
    arrays.add(vector(manager, out, name + "bias"));
  }

  private void norm(NDManager manager, List<NDArray> arrays, String name) {
    // Checkpoints that came from TensorFlow, bert-base-uncased among them, say gamma and beta.
    boolean old = has(name + "gamma") && !has(name + "weight");
    arrays.add(vector(manager, config.hiddenSize(), name + (old ? "gamma" : "weight")));
    arrays.add(vector(manager, config.hiddenSize(), name + (old ? "beta" : "bias")));
  }

  private boolean has(String name) {
    return checkpoint.weights().tensors().containsKey(prefix + name);
  }

  private NDArray matrix(NDManager manager, int rows, int columns, String... names) {
    Shape shape = new Shape((long) rows * names.length, columns);
    return memory.read(manager, shape, tensors(new Shape(rows, columns), names));
  }

  private NDArray vector(NDManager manager, int size, String... names) {
    Shape shape = new Shape((long) size * names.length);
    return memory.read(manager, shape, tensors(new Shape(size), names));
  }

  private TensorInfo[] tensors(Shape shape, String[] names) {
    TensorInfo[] tensors = new TensorInfo[names.length];
    for (int i = 0; i < names.length; i++) {
      tensors[i] = tensor(shape, prefix + names[i]);
    }
    return tensors;
  }

  private TensorInfo tensor(Shape expected, String name) {
    TensorInfo tensor = checkpoint.weights().tensors().get(name);
    if (tensor == null) {
      throw new CheckpointException(
          "weights.tensor",
          checkpoint.path() + ": tensor " + name + " is missing, which config.json asks for");
    }
    if (!tensor.shape().equals(expected)) {
      throw new CheckpointException(
          "weights.shape",
          checkpoint.path()
              + ": tensor "
              + name
              + " has shape "
              + tensor.shape()
              + ", but config.json says "
              + expected);
    }
    unused.remove(name);
    return tensor;
  }
}
