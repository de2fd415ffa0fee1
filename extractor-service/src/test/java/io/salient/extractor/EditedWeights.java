package io.salient.extractor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A safetensors file whose tensors get other names, as other programs would have stored them. */
public final class EditedWeights {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final ObjectNode metadata = JSON.createObjectNode();

  private record Tensor(String dtype, int[] shape, byte[] bytes) {}

  private EditedWeights(Path file) {
    this.file = file;
  }

  /** Reads a file. */
  public static EditedWeights of(Path file) {
    try {
      EditedWeights weights = new EditedWeights(file);
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int header = (int) bytes.getLong();
      JsonNode entries = JSON.readTree(bytes.array(), 8, header);
      for (Map.Entry<String, JsonNode> entry : entries.properties()) {
        if (!entry.getKey().equals("__metadata__")) {
          JsonNode offsets = entry.getValue().get("data_offsets");
          byte[] values =
              Arrays.copyOfRange(
                  bytes.array(),
                  8 + header + offsets.get(0).intValue(),
                  8 + header + offsets.get(1).intValue());
          int[] shape = JSON.treeToValue(entry.getValue().get("shape"), int[].class);
          String dtype = entry.getValue().get("dtype").textValue();
          weights.tensors.put(entry.getKey(), new Tensor(dtype, shape, values));
        }
      }
      return weights;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names there are. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** Gives all tensors other names. */
  public EditedWeights rename(UnaryOperator<String> names) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(names.apply(name), tensor));
    tensors.clear();
    tensors.putAll(renamed);
    return this;
  }

  /** Gives one tensor another name. */
  public EditedWeights rename(String from, String to) {
    if (!tensors.containsKey(from)) {
      throw new IllegalArgumentException(from + " is not among " + tensors.keySet());
    }
    return rename(name -> name.equals(from) ? to : name);
  }

  /** Adds a tensor of float32. */
  public EditedWeights add(String name, int[] shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return add(name, "F32", shape, bytes.array());
  }

  /** Adds a tensor of any type. */
  public EditedWeights add(String name, String dtype, int[] shape, byte... bytes) {
    tensors.put(name, new Tensor(dtype, shape, bytes));
    return this;
  }

  /** Adds a copy of a tensor under another name. */
  public EditedWeights copy(String from, String to) {
    tensors.put(to, tensors.get(from));
    return this;
  }

  /** Adds rows of zeros to a matrix of float32. */
  public EditedWeights addRows(String name, int rows) {
    Tensor old = tensors.get(name);
    int[] shape = {old.shape()[0] + rows, old.shape()[1]};
    return add(name, old.dtype(), shape, Arrays.copyOf(old.bytes(), 4 * shape[0] * shape[1]));
  }

  /** Leaves a tensor out. */
  public EditedWeights without(String name) {
    tensors.remove(name);
    return this;
  }

  /** Puts a text beside the tensors. */
  public EditedWeights metadata(String name, String text) {
    metadata.put(name, text);
    return this;
  }

  /** Writes the file again. */
  public void write() {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.set("__metadata__", metadata);
    }
    int size = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode info = header.putObject(entry.getKey()).put("dtype", tensor.dtype());
      info.set("shape", JSON.valueToTree(tensor.shape()));
      info.putArray("data_offsets").add(size).add(size + tensor.bytes().length);
      size += tensor.bytes().length;
    }
    try {
      byte[] text = JSON.writeValueAsBytes(header);
      ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + size).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(text.length).put(text);
      tensors.values().forEach(tensor -> bytes.put(tensor.bytes()));
      Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
