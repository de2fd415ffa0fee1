package io.salient.standalone.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checkpoints of a run made of the families' fixtures, which are tiny and random. */
final class FixtureRun {
  private static final Path FIXTURES =
      SharedInput.projectRoot().resolve("extractor-service/src/test/resources/families");

  private FixtureRun() {}

  /** Copies a fixture's checkpoint, without what is expected of it. */
  static Path save(String family, Path run, long step) throws IOException {
    Path checkpoint = Files.createDirectories(run.resolve("checkpoint-" + step));
    try (Stream<Path> files = Files.list(FIXTURES.resolve(family))) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().startsWith("expected")) {
          Files.copy(file, checkpoint.resolve(file.getFileName()));
        }
      }
    }
    Files.writeString(checkpoint.resolve("trainer_state.json"), "{\"global_step\": " + step + "}");
    return checkpoint;
  }

  /**
   * Multiplies float32 weights by 1 plus noise, where they stand in the file.
   *
   * @param trained which tensors, by name
   */
  static void addNoise(Path checkpoint, double noise, long seed, Predicate<String> trained)
      throws IOException {
    Path weights = checkpoint.resolve("model.safetensors");
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = Math.toIntExact(file.getLong(0));
    JsonNode header = new ObjectMapper().readTree(file.array(), Long.BYTES, headerBytes);
    Random random = new Random(seed);
    for (Map.Entry<String, JsonNode> tensor : header.properties()) {
      if (tensor.getValue().path("dtype").asText().equals("F32") && trained.test(tensor.getKey())) {
        JsonNode offsets = tensor.getValue().get("data_offsets");
        int start = Long.BYTES + headerBytes;
        int end = start + offsets.get(1).intValue();
        for (int at = start + offsets.get(0).intValue(); at < end; at += Float.BYTES) {
          file.putFloat(at, (float) (file.getFloat(at) * (1 + noise * random.nextGaussian())));
        }
      }
    }
    Files.write(weights, file.array());
  }
}
