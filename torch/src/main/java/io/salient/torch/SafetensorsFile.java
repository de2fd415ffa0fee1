package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code .safetensors} file, mapped into memory; layout in {@link SafetensorsHeader}. The
 * header is validated before anything is allocated by what it says.
 *
 * <p>The file must keep its length while it is open: a file that shrinks under a mapping takes the
 * process down when LibTorch reads what is gone. Deleting or replacing it by renaming is harmless.
 *
 * <p>Thread-safe.
 */
public final class SafetensorsFile implements AutoCloseable {
  private final Path file;
  private final Arena arena;
  private final MemorySegment mapped;
  private final SafetensorsHeader.Layout layout;

  private SafetensorsFile(Path file, Arena arena, MemorySegment mapped) {
    this.file = file;
    this.arena = arena;
    this.mapped = mapped;
    this.layout = SafetensorsHeader.read(file, mapped);
  }

  /**
   * Maps a file and validates its header. A symbolic link is not followed.
   *
   * @throws SafetensorsException with the code that says why it is refused
   */
  public static SafetensorsFile open(Path file) {
    // A pipe or a device would block, or deliver without end.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SafetensorsException(
          SafetensorsException.UNREADABLE, file, "not a file that can be mapped");
    }
    Arena arena = Arena.ofShared();
    try {
      return new SafetensorsFile(file, arena, map(file, arena));
    } catch (IOException e) {
      arena.close();
      throw new SafetensorsException(
          SafetensorsException.UNREADABLE, file, "cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment map(Path file, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Bytes of the file. */
  public long size() {
    return mapped.byteSize();
  }

  /** All tensors by name, in the order of the header. */
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(layout.tensors());
  }

  /** Texts that the writer put beside the tensors, such as {@code format}; of no fixed meaning. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(layout.metadata());
  }

  /**
   * The bytes of a tensor: mapped, little-endian, read-only, valid until this is closed.
   *
   * @throws SafetensorsException when there is no such tensor
   */
  public MemorySegment bytes(String name) {
    TensorInfo tensor = info(name);
    return mapped.asSlice(layout.dataStart() + tensor.offset(), tensor.bytes());
  }

  /**
   * A tensor as float32.
   *
   * <p>F32 under 2 GiB is not copied: the array and its views must be closed before this file is,
   * see {@link TorchEngine#view}, and must not be written to. Everything else is a copy of its own.
   *
   * @param manager owner of the array
   * @throws SafetensorsException when there is no such tensor or its dtype is not a float
   */
  public NDArray load(NDManager manager, String name) {
    TensorInfo tensor = info(name);
    if (!tensor.dtype().supported()) {
      throw new SafetensorsException(
          SafetensorsException.DTYPE,
          file,
          "tensor "
              + SafetensorsHeader.quoted(name)
              + " is "
              + tensor.dtype()
              + "; weights may be "
              + TensorDtype.supportedNames());
    }
    return TensorReader.load(manager, tensor, bytes(name));
  }

  /**
   * The first float tensor that holds NaN or an infinity, in the order of the header; empty when
   * all are finite. An F64 beyond float32's range counts as infinite, as that is what {@link #load}
   * makes of it.
   *
   * @param manager only scratch arrays, in a sub-manager
   */
  public Optional<String> firstNonFinite(NDManager manager) {
    return layout.tensors().values().stream()
        .filter(tensor -> tensor.dtype().supported())
        .filter(tensor -> !TensorReader.isFinite(manager, tensor, bytes(tensor.name())))
        .map(TensorInfo::name)
        .findFirst();
  }

  /** SHA-256 of the whole file, in hexadecimal: what {@code sha256sum} prints. */
  public String sha256() {
    return WeightsHash.of(mapped);
  }

  private TensorInfo info(String name) {
    TensorInfo tensor = layout.tensors().get(name);
    if (tensor == null) {
      throw new SafetensorsException(
          SafetensorsException.TENSOR_MISSING,
          file,
          "no tensor " + SafetensorsHeader.quoted(name) + " among its " + layout.tensors().size());
    }
    return tensor;
  }

  /** Unmaps the file: no array that views it may be used any more. */
  @Override
  public void close() {
    arena.close();
  }
}
