package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./salient extract} of other weights than those that lie in the folder. */
class ExtractIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path FIXTURE =
      SharedInput.projectRoot().resolve("extractor-service/src/test/resources/adapters/bert");

  @TempDir Path folder;
  private Path base;
  private Path adapter;

  @BeforeEach
  void copyTheModelAndItsAdapter() throws IOException {
    base = folder.resolve("base");
    adapter = folder.resolve("adapter");
    SmallRun.copy(FIXTURE.resolve("base"), base);
    SmallRun.copy(FIXTURE.resolve("adapter"), adapter);
    Files.delete(base.resolve("tokenizer.json"));
    Files.write(
        base.resolve("vocab.txt"),
        List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "dog", "barks"));
    Files.writeString(folder.resolve("words.txt"), "the dog barks\nbarks the dog\n");
  }

  @Test
  void shouldWriteTheActivationsOfAnAdapter() {
    String plain = extract(base);
    String adapted = extract(adapter, "--base-model", base.toString());
    assertThat(adapted).hasLineCount(2).isNotEqualTo(plain);
  }

  @Test
  void shouldSayWhichOptionAnAdapterNeeds() {
    try (SalientProcess process = start(adapter, "none.json")) {
      assertThat(process.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(process.errors()).contains("someone/tiny-model", "--base-model");
      assertThat(folder.resolve("none.json")).doesNotExist();
    }
  }

  @Test
  void shouldRefuseAFileOfMoreBytesThanAreAllowed() {
    // 6 words of 3 layers of 16 units in 4 bytes
    try (SalientProcess process = start(base, "none.json", "--max-bytes", "1151")) {
      assertThat(process.exitCode(PATIENCE)).isEqualTo(1);
      assertThat(process.errors()).contains("--max-bytes", "2 of these 3 would fit");
      assertThat(folder.resolve("none.json")).doesNotExist();
    }
    assertThat(extract(base, "--max-bytes", "1152")).hasLineCount(2);
  }

  @Test
  void shouldWriteTheActivationsOfAnUntrainedModelByItsSeed() {
    String trained = extract(base);
    String untrained = extract(base, "--random-weights");
    assertThat(untrained).hasLineCount(2).isNotEqualTo(trained);
    assertThat(extract(base, "--random-weights", "--random-seed", "42")).isEqualTo(untrained);
    assertThat(extract(base, "--random-weights", "--random-seed", "7")).isNotEqualTo(untrained);
  }

  /** The JSON lines that are written. */
  private String extract(Path checkpoint, String... options) {
    String output = "activations.json";
    try (SalientProcess process = start(checkpoint, output, options)) {
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isZero();
      Path file = folder.resolve(output);
      String written = Files.readString(file);
      Files.delete(file);
      return written;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private SalientProcess start(Path checkpoint, String output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "extract",
                checkpoint.toString(),
                "--corpus",
                folder.resolve("words.txt").toString(),
                "--output",
                folder.resolve(output).toString()));
    arguments.addAll(List.of(options));
    return SalientProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
  }
}
