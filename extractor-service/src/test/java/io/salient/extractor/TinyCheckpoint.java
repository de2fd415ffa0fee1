package io.salient.extractor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A checkpoint folder with a small random BERT, to be written as it should be or as it must not.
 */
public final class TinyCheckpoint {
  public static final int HIDDEN = 8;
  public static final int HEADS = 2;
  public static final int BLOCKS = 2;
  public static final int VOCABULARY = 12;
  public static final int POSITIONS = 16;
  private static final int INTERMEDIATE = 16;

  private final Map<String, String> config = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Random random;

  private record Tensor(String dtype, int[] shape, float[] values) {}

  private TinyCheckpoint(long seed) {
    random = new Random(seed);
    config.put("model_type", "\"bert\"");
    config.put("hidden_size", "" + HIDDEN);
    config.put("num_attention_heads", "" + HEADS);
    config.put("num_hidden_layers", "" + BLOCKS);
    config.put("intermediate_size", "" + INTERMEDIATE);
    config.put("vocab_size", "" + VOCABULARY);
    config.put("max_position_embeddings", "" + POSITIONS);
    tensor("bert.embeddings.word_embeddings.weight", VOCABULARY, HIDDEN);
    tensor("bert.embeddings.position_embeddings.weight", POSITIONS, HIDDEN);
    tensor("bert.embeddings.token_type_embeddings.weight", 2, HIDDEN);
    linear("bert.embeddings.LayerNorm", HIDDEN);
    for (int i = 0; i < BLOCKS; i++) {
      String block = "bert.encoder.layer." + i + ".";
      for (String part : new String[] {"query", "key", "value"}) {
        linear(block + "attention.self." + part, HIDDEN, HIDDEN);
      }
      linear(block + "attention.output.dense", HIDDEN, HIDDEN);
      linear(block + "attention.output.LayerNorm", HIDDEN);
      linear(block + "intermediate.dense", INTERMEDIATE, HIDDEN);
      linear(block + "output.dense", HIDDEN, INTERMEDIATE);
      linear(block + "output.LayerNorm", HIDDEN);
    }
    linear("classifier", 3, HIDDEN);
  }

  /** A good one. */
  public static TinyCheckpoint random(long seed) {
    return new TinyCheckpoint(seed);
  }

  private void linear(String name, int... shape) {
    tensor(name + ".weight", shape);
    tensor(name + ".bias", shape[0]);
  }

  /** Adds or replaces a tensor of that shape with random values. */
  public TinyCheckpoint tensor(String name, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.5f;
    }
    tensors.put(name, new Tensor("F32", shape, values));
    return this;
  }

  /** Sets a field to a JSON value; null removes it. */
  public TinyCheckpoint config(String field, String json) {
    if (json == null) {
      config.remove(field);
    } else {
      config.put(field, json);
    }
    return this;
  }

  /** Sets one value of a tensor. */
  public TinyCheckpoint value(String name, int index, float value) {
    tensors.get(name).values()[index] = value;
    return this;
  }

  /** Removes a tensor. */
  public TinyCheckpoint without(String name) {
    tensors.remove(name);
    return this;
  }

  /** Replaces text in all tensor names. */
  public TinyCheckpoint rename(String from, String to) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(name.replace(from, to), tensor));
    tensors.clear();
    tensors.putAll(renamed);
    return this;
  }

  /** Stores all tensors in another type: F64, F32, F16, BF16, or a name that is none. */
  public TinyCheckpoint dtype(String dtype) {
    tensors.replaceAll((name, t) -> new Tensor(dtype, t.shape(), t.values()));
    return this;
  }

  /** Writes config.json, model.safetensors and a tokenizer.json of no use. */
  public Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), json());
      Files.writeString(folder.resolve("tokenizer.json"), "{}");
      Files.write(folder.resolve("model.safetensors"), weights());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it as the Trainer does, with its record of the step. */
  public Path writeStep(Path run, long step) {
    Path folder = write(run.resolve("checkpoint-" + step));
    try {
      Files.writeString(folder.resolve("trainer_state.json"), "{\"global_step\": " + step + "}");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String json() {
    StringBuilder text = new StringBuilder("{");
    config.forEach(
        (field, value) ->
            text.append(text.length() > 1 ? ", " : "").append("\"" + field + "\": ").append(value));
    return text.append("}").toString();
  }

  private byte[] weights() {
    StringBuilder header = new StringBuilder("{");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    tensors.forEach(
        (name, tensor) -> {
          int begin = data.size();
          for (float value : tensor.values()) {
            data.writeBytes(bytes(tensor.dtype(), value));
          }
          header
              .append(header.length() > 1 ? "," : "")
              .append(
                  "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                      .formatted(
                          name,
                          tensor.dtype(),
                          Arrays.toString(tensor.shape()),
                          begin,
                          data.size()));
        });
    byte[] text = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data.toByteArray())
        .array();
  }

  private static byte[] bytes(String dtype, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    switch (dtype) {
      case "F64" -> bytes.putDouble(value);
      case "F32" -> bytes.putFloat(value);
      case "F16" -> bytes.putShort(Float.floatToFloat16(value));
      case "BF16" -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      default -> bytes.put((byte) value); // I8
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
