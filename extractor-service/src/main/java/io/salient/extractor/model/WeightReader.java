package io.salient.extractor.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.torch.Bfloat16;
import io.salient.torch.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the weights that an {@link Architecture} wants from a checkpoint. */
final class WeightReader {
  private final CheckpointFolder checkpoint;
  private final WeightMemory memory;
  private final NDManager manager;
  private final Dtype dtype;
  private final WantedTensors wanted;

  /**
   * @param manager owner of the arrays
   * @param dtype of the weights of linear layers
   */
  WeightReader(
      CheckpointFolder checkpoint,
      Architecture architecture,
      WeightMemory memory,
      NDManager manager,
      Dtype dtype) {
    this.checkpoint = checkpoint;
    this.memory = memory;
    this.manager = manager;
    this.dtype = dtype;
    this.wanted = new WantedTensors(checkpoint, architecture);
  }

  /**
   * All of them in the program's order.
   *
   * @throws CheckpointException naming the tensor that is missing, has another shape or is not
   *     finite; tensors that the model has no use for may be anything but not finite
   */
  NDArray[] read(Architecture architecture) {
    List<NDArray> arrays = new ArrayList<>();
    read(architecture.fixed(), wanted.prefix(), arrays);
    Set<Architecture.Layer> done = new HashSet<>();
    for (Architecture.Layer layer : architecture.layers()) {
      if (done.add(layer)) {
        read(layer.block().tensors(), wanted.prefix() + layer.prefix(), arrays);
      }
    }
    wanted.unused().forEach(name -> memory.requireFinite(checkpoint.weights().tensors().get(name)));
    return arrays.toArray(NDArray[]::new);
  }

  /** Tensors of the checkpoint that the model had no use for, such as those of a task's head. */
  Set<String> unused() {
    return wanted.unused();
  }

  private void read(Tensors tensors, String where, List<NDArray> arrays) {
    for (Tensors.Entry entry : tensors.entries()) {
      arrays.add(read(entry, where));
    }
  }

  private NDArray read(Tensors.Entry entry, String where) {
    if (entry.values() != null) {
      return manager.create(entry.values(), entry.shape());
    }
    TensorInfo[] parts =
        entry.parts().stream()
            .map(part -> wanted.find(part.shape(), where + part.name()))
            .toArray(TensorInfo[]::new);
    boolean narrow = entry.linear() && dtype == Dtype.BFLOAT16;
    if (entry.transposed() || narrow) {
      return changed(entry, parts, narrow);
    }
    return memory.read(manager, entry.shape(), parts);
  }

  /** A linear layer's weight in another order or type than the checkpoint has it. */
  private NDArray changed(Tensors.Entry entry, TensorInfo[] parts, boolean narrow) {
    try (WeightMemory asStored = new WeightMemory(checkpoint);
        NDManager scratch = manager.newSubManager()) {
      Shape stored =
          entry.transposed()
              ? new Shape(entry.shape().get(1), entry.shape().get(0))
              : entry.shape();
      NDArray weight = asStored.read(scratch, stored, parts);
      if (narrow && !Bfloat16.holds(scratch, weight)) {
        throw beyondBfloat16(asStored, scratch, parts);
      }
      if (entry.transposed()) {
        weight = weight.transpose().add(0); // a copy in rows, which the kernels want
      }
      if (narrow) {
        return Bfloat16.linearWeight(manager, weight);
      }
      weight.attach(manager);
      return weight;
    }
  }

  private CheckpointException beyondBfloat16(
      WeightMemory asStored, NDManager scratch, TensorInfo... parts) {
    String name =
        Arrays.stream(parts)
            .filter(part -> !Bfloat16.holds(scratch, asStored.read(scratch, part.shape(), part)))
            .map(TensorInfo::name)
            .findFirst()
            .orElseThrow();
    return new CheckpointException(
        "weights.non-finite",
        checkpoint.path()
            + ": tensor "
            + name
            + " is not finite in bfloat16: set salient.extractor.dtype to float32");
  }
}
