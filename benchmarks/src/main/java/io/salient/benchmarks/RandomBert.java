package io.salient.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Writes a checkpoint folder of a BERT of BERT-base's size with random weights. */
final class RandomBert {
  static final int BLOCKS = 12;
  static final int HIDDEN = 768;
  static final int HEADS = 12;
  static final int INTERMEDIATE = 3_072;
  static final int VOCABULARY = 30_522;
  static final int POSITIONS = 512;

  /** What is done with the folder while it is there. */
  @FunctionalInterface
  interface Use {
    void of(Path folder) throws IOException;
  }

  private RandomBert() {}

  /** Lends a temporary folder with config.json, model.safetensors and an empty tokenizer.json. */
  static void withFolder(Use use) throws IOException {
    Path folder = Files.createTempDirectory("salient-benchmark");
    try {
      write(folder);
      use.of(folder);
    } finally {
      for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  private static void write(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "bert", "hidden_size": %d, "num_attention_heads": %d, "num_hidden_layers": %d,
         "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d}
        """
            .formatted(HIDDEN, HEADS, BLOCKS, INTERMEDIATE, VOCABULARY, POSITIONS));
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    writeWeights(folder.resolve("model.safetensors"));
  }

  private static Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("embeddings.word_embeddings.weight", new int[] {VOCABULARY, HIDDEN});
    shapes.put("embeddings.position_embeddings.weight", new int[] {POSITIONS, HIDDEN});
    shapes.put("embeddings.token_type_embeddings.weight", new int[] {2, HIDDEN});
    norm(shapes, "embeddings.LayerNorm");
    for (int i = 0; i < BLOCKS; i++) {
      String block = "encoder.layer." + i + ".";
      for (String part : new String[] {"query", "key", "value"}) {
        linear(shapes, block + "attention.self." + part, HIDDEN, HIDDEN);
      }
      linear(shapes, block + "attention.output.dense", HIDDEN, HIDDEN);
      norm(shapes, block + "attention.output.LayerNorm");
      linear(shapes, block + "intermediate.dense", INTERMEDIATE, HIDDEN);
      linear(shapes, block + "output.dense", HIDDEN, INTERMEDIATE);
      norm(shapes, block + "output.LayerNorm");
    }
    return shapes;
  }

  private static void linear(Map<String, int[]> shapes, String name, int out, int in) {
    shapes.put(name + ".weight", new int[] {out, in});
    shapes.put(name + ".bias", new int[] {out});
  }

  private static void norm(Map<String, int[]> shapes, String name) {
    shapes.put(name + ".weight", new int[] {HIDDEN});
    shapes.put(name + ".bias", new int[] {HIDDEN});
  }

  private static void writeWeights(Path file) throws IOException {
    Map<String, int[]> shapes = shapes();
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      long end = at + 4L * size(tensor.getValue());
      header
          .append(header.length() > 1 ? "," : "")
          .append('"')
          .append(tensor.getKey())
          .append("\":{\"dtype\":\"F32\",\"shape\":")
          .append(java.util.Arrays.toString(tensor.getValue()))
          .append(",\"data_offsets\":[")
          .append(at)
          .append(',')
          .append(end)
          .append("]}");
      at = end;
    }
    header.append('}').append(" ".repeat((8 - header.length() % 8) % 8));
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    Random random = new Random(12);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      out.write(json);
      for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
        out.write(values(tensor.getKey(), size(tensor.getValue()), random));
      }
    }
  }

  private static byte[] values(String name, int size, Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      float noise = (random.nextFloat() - 0.5f) * 0.07f; // standard deviation 0.02
      bytes.putFloat(name.endsWith("LayerNorm.weight") ? 1 + noise : noise);
    }
    return bytes.array();
  }

  private static int size(int[] shape) {
    return shape.length == 1 ? shape[0] : shape[0] * shape[1];
  }
}
