package io.salient.extractor.model;

import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.torch.TensorInfo;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tensors of a checkpoint that an {@link Architecture} wants, by their names in Transformers,
 * whatever head is on the model and whatever the prefix.
 */
final class WantedTensors {
  private final CheckpointFolder checkpoint;
  private final WordEmbedding words;
  private final Set<String> unused;

  /**
   * Finds the prefix of all names.
   *
   * @throws CheckpointException when there is no word embedding, or more than one
   */
  WantedTensors(CheckpointFolder checkpoint, Architecture architecture) {
    this.checkpoint = checkpoint;
    this.words = WordEmbedding.find(checkpoint, architecture);
    this.unused = new TreeSet<>(checkpoint.weights().tensors().keySet());
  }

  /** The prefix of all names. */
  String prefix() {
    return words.prefix();
  }

  /** Tensors of the checkpoint that were not asked for, such as those of a task's head. */
  Set<String> unused() {
    return unused;
  }

  /**
   * Finds all that the architecture wants, as far as names and shapes tell.
   *
   * @throws CheckpointException naming the tensor that is missing or has another shape
   */
  void requireAll(Architecture architecture) {
    require(architecture.fixed(), prefix());
    Set<Architecture.Layer> done = new HashSet<>();
    for (Architecture.Layer layer : architecture.layers()) {
      if (done.add(layer)) {
        require(layer.block().tensors(), prefix() + layer.prefix());
      }
    }
  }

  private void require(Tensors tensors, String where) {
    for (Tensors.Entry entry : tensors.entries()) {
      entry.parts().forEach(part -> find(part.shape(), where + part.name()));
    }
  }

  /**
   * One tensor.
   *
   * @param expected its shape by config.json
   * @param name with the prefix
   * @throws CheckpointException when it is missing or has another shape
   */
  TensorInfo find(Shape expected, String name) {
    boolean vocabulary = name.equals(words.name());
    TensorInfo tensor = checkpoint.weights().tensors().get(vocabulary ? words.stored() : name);
    if (tensor == null) {
      tensor = checkpoint.weights().tensors().get(fromTensorFlow(name));
    }
    if (tensor == null) {
      throw new CheckpointException(
          "weights.tensor",
          checkpoint.path()
              + ": tensor "
              + name
              + " is missing, which config.json asks for"
              + WeightAdvice.ofMissing(name, checkpoint.weights().tensors().keySet()));
    }
    if (!tensor.shape().equals(expected)) {
      throw new CheckpointException(
          "weights.shape",
          checkpoint.path()
              + ": tensor "
              + tensor.name()
              + " has shape "
              + tensor.shape()
              + ", but config.json says "
              + expected
              + WeightAdvice.ofShape(tensor.shape(), expected, vocabulary));
    }
    unused.remove(tensor.name());
    return tensor;
  }

  /** Checkpoints that came from TensorFlow, bert-base-uncased among them, say gamma and beta. */
  private static String fromTensorFlow(String name) {
    return name.replaceFirst("\\.weight$", ".gamma").replaceFirst("\\.bias$", ".beta");
  }
}
