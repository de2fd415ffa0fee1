package io.salient.extractor.checkpoint;

import io.salient.torch.SafetensorsFolder;
import io.salient.torch.TensorDtype;
import io.salient.torch.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The weights that lie in a folder's safetensors files.
 *
 * <p>They are copied out of the mapped file by Java, not by LibTorch: when a Trainer overwrites or
 * truncates the file meanwhile, Java gets an {@link InternalError} that can be handled, LibTorch a
 * signal that ends the process. The same pass sees whether all values are finite.
 */
final class StoredWeights implements CheckpointWeights {
  /** Elements that one thread takes at once. */
  private static final long SHARE = 1L << 20;

  private final Path path;
  private final SafetensorsFolder files;
  private final Map<String, String> stored;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

  /**
   * @param stored name in the files, by the name that it is to have
   */
  private StoredWeights(Path path, SafetensorsFolder files, Map<String, String> stored) {
    this.path = path;
    this.files = files;
    this.stored = stored;
    stored.forEach(
        (name, inFile) -> {
          TensorInfo info = files.tensors().get(inFile);
          tensors.put(
              name, new TensorInfo(name, info.dtype(), info.shape(), info.offset(), info.bytes()));
        });
  }

  /**
   * Maps the weights of a whole model: without the names of wrappers, and under all names that
   * share memory.
   *
   * @throws CheckpointException when an adapter is among them that was not merged
   */
  static StoredWeights open(Path folder) {
    SafetensorsFolder files = SafetensorsFolder.open(folder);
    try {
      Map<String, String> stored = TensorNames.stored(folder, files.tensors().keySet());
      files
          .aliases()
          .forEach((name, inFile) -> stored.putIfAbsent(TensorNames.unwrapped(name), inFile));
      AdapterLayers.requireNone(folder, files.tensors().keySet());
      return new StoredWeights(folder, files, stored);
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  /** Maps one file of a folder, its tensors under the names that they have there. */
  static StoredWeights open(Path folder, String file) {
    SafetensorsFolder files = SafetensorsFolder.open(folder, file);
    Map<String, String> stored = new LinkedHashMap<>();
    files.tensors().keySet().forEach(name -> stored.put(name, name));
    return new StoredWeights(folder, files, stored);
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void read(String name, MemorySegment target) {
    TensorInfo tensor = files.tensors().get(stored.get(name));
    if (!tensor.dtype().supported()) {
      throw wrongType(tensor);
    }
    MemorySegment source = files.bytes(tensor.name());
    long count = tensor.shape().size();
    boolean finite;
    try {
      finite =
          LongStream.range(0, (count + SHARE - 1) / SHARE)
              .parallel()
              .allMatch(
                  share ->
                      FloatCopy.copy(
                          tensor.dtype(),
                          source,
                          target,
                          share * SHARE,
                          Math.min(SHARE, count - share * SHARE)));
    } catch (InternalError e) {
      throw CheckpointFolder.vanished(path, e);
    }
    if (!finite) {
      throw new CheckpointException(
          "weights.non-finite",
          path
              + ": non-finite in "
              + tensor.name()
              + ": the training has diverged; take an earlier checkpoint");
    }
  }

  @Override
  public String id() {
    try {
      return files.sha256();
    } catch (InternalError e) {
      throw CheckpointFolder.vanished(
          path, e); // the JVM's word for mapped memory without a file behind it
    }
  }

  private CheckpointException wrongType(TensorInfo tensor) {
    return new CheckpointException(
        "weights.dtype",
        path
            + ": tensor "
            + tensor.name()
            + " is "
            + tensor.dtype()
            + "; weights may be "
            + Arrays.stream(TensorDtype.values()).filter(TensorDtype::supported).toList()
            + ". "
            + Quantisation.WAY_OUT);
  }

  @Override
  public void close() {
    files.close();
  }
}
