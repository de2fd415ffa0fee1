package io.salient.extractor.checkpoint;

import io.salient.torch.SafetensorsFolder;
import io.salient.torch.TensorDtype;
import io.salient.torch.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
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

  StoredWeights(Path path, SafetensorsFolder files) {
    this.path = path;
    this.files = files;
  }

  /** Maps the weights of a folder. */
  static StoredWeights open(Path folder) {
    return new StoredWeights(folder, SafetensorsFolder.open(folder));
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return files.tensors();
  }

  @Override
  public void read(String name, MemorySegment target) {
    TensorInfo tensor = files.tensors().get(name);
    if (!tensor.dtype().supported()) {
      throw wrongType(tensor);
    }
    MemorySegment source = files.bytes(name);
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
              + name
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
            + Arrays.stream(TensorDtype.values()).filter(TensorDtype::supported).toList());
  }

  @Override
  public void close() {
    files.close();
  }
}
