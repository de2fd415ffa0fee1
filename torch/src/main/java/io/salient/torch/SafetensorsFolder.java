package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The weights of a Hugging Face checkpoint folder: {@code model.safetensors}, or the shards that
 * {@code model.safetensors.index.json} names. Only files of the folder itself are opened: no link,
 * no path.
 *
 * <p>Thread-safe. What holds for the arrays of {@link SafetensorsFile} holds here.
 */
public final class SafetensorsFolder implements AutoCloseable {
  private final Path folder;
  private final SequencedMap<String, SafetensorsFile> files;
  private final Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

  private SafetensorsFolder(Path folder, SequencedMap<String, SafetensorsFile> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Maps all weight files and validates their headers.
   *
   * @throws SafetensorsException with the code that says why the folder is refused
   */
  public static SafetensorsFolder open(Path checkpointFolder) {
    return open(checkpointFolder, WeightFiles.find(checkpointFolder));
  }

  /**
   * Maps one weight file of another name, such as that of an adapter.
   *
   * @throws SafetensorsException with the code that says why it is refused
   */
  public static SafetensorsFolder open(Path folder, String name) {
    return open(folder, WeightFiles.single(folder, name));
  }

  private static SafetensorsFolder open(Path checkpointFolder, WeightFiles weights) {
    SequencedMap<String, SafetensorsFile> files = new LinkedHashMap<>();
    try {
      weights.files().forEach((name, path) -> files.put(name, SafetensorsFile.open(path)));
      SafetensorsFolder folder = new SafetensorsFolder(checkpointFolder, files);
      if (weights.index().isEmpty()) {
        folder.addAll(files.firstEntry().getValue());
      } else {
        weights.index().forEach(folder::add);
      }
      return folder;
    } catch (RuntimeException | Error e) {
      files.values().forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private void addAll(SafetensorsFile file) {
    for (TensorInfo tensor : file.tensors().values()) {
      tensors.put(tensor.name(), tensor);
      fileOf.put(tensor.name(), file);
    }
  }

  private void add(String tensor, String shard) {
    SafetensorsFile file = files.get(shard);
    TensorInfo info = file.tensors().get(tensor);
    if (info == null) {
      throw new SafetensorsException(
          SafetensorsException.TENSOR_MISSING,
          file.file(),
          "the index says that tensor "
              + SafetensorsHeader.quoted(tensor)
              + " is here, but it is not: index and shards are not of one save");
    }
    tensors.put(tensor, info);
    fileOf.put(tensor, file);
  }

  /** All tensors by name, in the order of the header or of the index. */
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * Other names of tensors that are there: where two names share memory, {@code save_model} of
   * safetensors stores one, and says in the metadata which other name it stands for.
   *
   * @return name of the tensor that is there, by the name that is not
   */
  public Map<String, String> aliases() {
    Map<String, String> aliases = new LinkedHashMap<>();
    for (SafetensorsFile file : files.values()) {
      file.metadata()
          .forEach(
              (name, stored) -> {
                if (tensors.containsKey(stored) && !tensors.containsKey(name)) {
                  aliases.putIfAbsent(name, stored);
                }
              });
    }
    return aliases;
  }

  /** The weight files. */
  public Collection<SafetensorsFile> files() {
    return Collections.unmodifiableCollection(files.values());
  }

  /** See {@link SafetensorsFile#bytes}. */
  public MemorySegment bytes(String name) {
    return fileOf(name).bytes(name);
  }

  /** See {@link SafetensorsFile#load}. */
  public NDArray load(NDManager manager, String name) {
    return fileOf(name).load(manager, name);
  }

  /** See {@link SafetensorsFile#firstNonFinite}. */
  public Optional<String> firstNonFinite(NDManager manager) {
    return files.values().stream()
        .flatMap(file -> file.firstNonFinite(manager).stream())
        .findFirst();
  }

  /**
   * The checkpoint id: SHA-256 in hexadecimal. Of one file it is what {@code sha256sum
   * model.safetensors} prints; of several what {@code sha256sum *.safetensors | sha256sum} prints
   * over the shards in the order of their names.
   */
  public String sha256() {
    if (files.size() == 1) {
      return files.firstEntry().getValue().sha256();
    }
    StringBuilder list = new StringBuilder();
    files.forEach(
        (name, file) -> list.append(file.sha256()).append("  ").append(name).append('\n'));
    return WeightsHash.of(MemorySegment.ofArray(list.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private SafetensorsFile fileOf(String tensor) {
    SafetensorsFile file = fileOf.get(tensor);
    if (file == null) {
      throw new SafetensorsException(
          SafetensorsException.TENSOR_MISSING,
          folder,
          "no tensor " + SafetensorsHeader.quoted(tensor) + " among its " + tensors.size());
    }
    return file;
  }

  /** Unmaps all files: no array that views them may be used any more. */
  @Override
  public void close() {
    files.values().forEach(SafetensorsFile::close);
  }
}
