package io.salient.extractor.checkpoint;

import io.salient.extractor.checkpoint.AdapterLayers.Update;
import io.salient.torch.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A base model's weights with a LoRA adapter merged into them as they are read: {@code W + scale B
 * A} in float32, whatever the types of the two. What the adapter saved whole (a new head, biases)
 * stands in the place of the base model's.
 */
final class AdaptedWeights implements CheckpointWeights {

  private final Path folder;
  private final AdapterConfig config;
  private final CheckpointWeights base;
  private final StoredWeights adapter;
  private final AdapterLayers layers;
  private final Map<String, TensorInfo> tensors;

  private AdaptedWeights(
      Path folder, AdapterConfig config, CheckpointWeights base, StoredWeights adapter) {
    this.folder = folder;
    this.config = config;
    this.base = base;
    this.adapter = adapter;
    this.layers =
        AdapterLayers.of(
            folder.resolve(AdapterConfig.WEIGHTS_FILE), adapter.tensors(), base.tensors().keySet());
    this.tensors = new LinkedHashMap<>(base.tensors());
    layers
        .replacements()
        .forEach(
            (name, own) -> {
              TensorInfo info = adapter.tensors().get(own);
              tensors.put(
                  name,
                  new TensorInfo(name, info.dtype(), info.shape(), info.offset(), info.bytes()));
            });
    layers.updates().forEach(this::requireFitting);
  }

  /**
   * Opens an adapter over a base model that is open, which is closed with it.
   *
   * @throws CheckpointException naming the field or tensor that does not fit
   */
  static AdaptedWeights open(Path folder, CheckpointWeights base) {
    AdapterConfig config = AdapterConfig.read(folder);
    StoredWeights adapter = StoredWeights.open(folder, AdapterConfig.WEIGHTS_FILE);
    try {
      return new AdaptedWeights(folder, config, base, adapter);
    } catch (RuntimeException | Error e) {
      adapter.close();
      throw e;
    }
  }

  private void requireFitting(String name, Update update) {
    long[] w = tensors.get(name).shape().getShape();
    long[] a = adapter.tensors().get(update.a()).shape().getShape();
    long[] b = adapter.tensors().get(update.b()).shape().getShape();
    boolean fits =
        w.length == 2
            && a.length == 2
            && b.length == 2
            && a[0] == b[1]
            && ((b[0] == w[0] && a[1] == w[1]) || (b[0] == w[1] && a[1] == w[0]));
    if (!fits) {
      throw new CheckpointException(
          "adapter.shape",
          folder.resolve(AdapterConfig.WEIGHTS_FILE)
              + ": tensors "
              + update.a()
              + " and "
              + update.b()
              + " do not fit "
              + name
              + " of shape "
              + tensors.get(name).shape()
              + why(update));
    }
    config.scale(update.module(), a[0]);
  }

  private String why(Update update) {
    boolean empty =
        Stream.of(update.a(), update.b())
            .anyMatch(name -> adapter.tensors().get(name).shape().size() == 0);
    if (empty) {
      return ": they are empty, as where ZeRO stage 3 saved them without gathering; train with"
          + " stage3_gather_16bit_weights_on_model_save, or join them by `python zero_to_fp32.py`";
    }
    return update.embedding()
        ? ": where tokens were added before the training, the base model is the one with its"
            + " embeddings resized; merge the adapter there, and save the whole model"
        : ": the adapter is of another model";
  }

  /**
   * Rows of the word embedding, where the adapter brings one of its own: tokens were added before
   * it was trained, and PEFT saves the resized matrices whole.
   *
   * @param rows of the base model's
   */
  int vocabulary(int rows) {
    return layers.replacements().keySet().stream()
        .filter(name -> base.tensors().containsKey(name) && isResized(name, rows))
        .mapToInt(name -> (int) Math.min(Integer.MAX_VALUE, tensors.get(name).shape().get(0)))
        .findFirst()
        .orElse(rows);
  }

  private boolean isResized(String name, int rows) {
    long[] old = base.tensors().get(name).shape().getShape();
    long[] own = tensors.get(name).shape().getShape();
    return old.length == 2
        && own.length == 2
        && old[0] == rows
        && own[0] != rows
        && own[1] == old[1];
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void read(String name, MemorySegment target) {
    String own = layers.replacements().get(name);
    if (own == null) {
      base.read(name, target);
    } else {
      adapter.read(own, target);
    }
    Update update = layers.updates().get(name);
    if (update != null) {
      add(name, update, target);
    }
  }

  private void add(String name, Update update, MemorySegment target) {
    TensorInfo a = adapter.tensors().get(update.a());
    TensorInfo b = adapter.tensors().get(update.b());
    long rows = tensors.get(name).shape().get(0);
    try (Arena scratch = Arena.ofShared()) {
      boolean finite =
          LoraMerge.add(
              target,
              rows,
              isTransposed(update, rows, b.shape().get(0)),
              read(scratch, a),
              read(scratch, b),
              a.shape().get(0),
              config.scale(update.module(), a.shape().get(0)));
      if (!finite) {
        throw new CheckpointException(
            "weights.non-finite",
            folder + ": " + name + " is not finite once the adapter is merged into it");
      }
    }
  }

  /** Whether the base weight is inputs x outputs; only a square one needs the configuration. */
  private boolean isTransposed(Update update, long rows, long outputs) {
    boolean square = outputs == rows && outputs == adapter.tensors().get(update.a()).shape().get(1);
    return square ? update.embedding() || config.fanInFanOut() : outputs != rows;
  }

  private MemorySegment read(Arena scratch, TensorInfo tensor) {
    MemorySegment memory = scratch.allocate(4 * tensor.shape().size(), 64);
    adapter.read(tensor.name(), memory);
    return memory;
  }

  @Override
  public String id() {
    return Sha256.of(
        "base " + base.id() + "\nadapter " + adapter.id() + "\nconfig " + config.id() + "\n");
  }

  @Override
  public void close() {
    adapter.close();
    base.close();
  }
}
