package io.salient.torch;

import static io.salient.torch.SafetensorsWriter.floats;
import static io.salient.torch.SafetensorsWriter.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I7, I8: a folder is read from inside itself, and never as code. */
class SafetensorsFolderTest {
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir private Path outside;
  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(outside.resolve("checkpoint-500"));
  }

  private void text(String name, String content) {
    write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private void index(String... tensorsAndShards) {
    StringBuilder map = new StringBuilder();
    for (int i = 0; i < tensorsAndShards.length; i += 2) {
      map.append(i == 0 ? "" : ",")
          .append("\"%s\":\"%s\"".formatted(tensorsAndShards[i], tensorsAndShards[i + 1]));
    }
    text(INDEX, "{\"metadata\":{\"total_size\":8},\"weight_map\":{" + map + "}}");
  }

  private void assertRefused(String code, String message) {
    assertThatThrownBy(() -> SafetensorsFolder.open(folder).close())
        .asInstanceOf(InstanceOfAssertFactories.type(SafetensorsException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).startsWith(folder.toString()).contains(message));
  }

  @Test
  void shouldReadASingleFile() {
    write(folder.resolve("model.safetensors"), floats("a", 1, 2));
    try (NDManager manager = TorchEngine.newManager();
        SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      assertThat(weights.tensors()).containsOnlyKeys("a");
      assertThat(weights.load(manager, "a").toFloatArray()).containsExactly(1, 2);
      assertThat(weights.files()).hasSize(1);
      assertThat(weights.sha256()).isEqualTo(weights.files().iterator().next().sha256());
    }
  }

  @Test
  void shouldReadShardsAsOne() {
    // given
    write(folder.resolve(FIRST), floats("a", 1, 2));
    write(folder.resolve(SECOND), floats("b", 3, Float.NaN));
    index("b", SECOND, "a", FIRST);

    try (NDManager manager = TorchEngine.newManager();
        SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      // when, then
      assertThat(weights.tensors().keySet()).containsExactly("b", "a");
      assertThat(weights.load(manager, "a").toFloatArray()).containsExactly(1, 2);
      assertThat(weights.bytes("b").byteSize()).isEqualTo(8);
      assertThat(weights.firstNonFinite(manager)).contains("b");
      assertThatThrownBy(() -> weights.load(manager, "c"))
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining("no tensor \"c\" among its 2");
    }
  }

  @Test
  void shouldGiveAnotherIdWhenOneByteOfAnyShardChanges() {
    write(folder.resolve(FIRST), floats("a", 1));
    write(folder.resolve(SECOND), floats("b", 2));
    index("a", FIRST, "b", SECOND);
    String before = id();
    assertThat(id()).isEqualTo(before).matches("[0-9a-f]{64}");

    write(folder.resolve(SECOND), floats("b", 3));
    assertThat(id()).isNotEqualTo(before);
  }

  private String id() {
    try (SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      return weights.sha256();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch_model.bin", "model.pt", "pytorch_model-00001-of-00002.bin"})
  void shouldRefusePickle_I7(String name) {
    text(name, "cos\nsystem\n(S'touch /tmp/x'\ntR.");
    text("training_args.bin", "");
    assertRefused(SafetensorsException.PICKLE, name + " only");
    assertRefused(SafetensorsException.PICKLE, "Pickle is code; save with safe_serialization=True");
  }

  @Test
  void shouldSayThatThereAreNoWeights() {
    text("training_args.bin", "");
    text("optimizer.pt", "");
    text("config.json", "{}");
    assertRefused(SafetensorsException.NO_WEIGHTS, "holds neither model.safetensors nor");
  }

  @Test
  void shouldSayThatThereIsNoFolder() throws IOException {
    Files.delete(folder);
    assertRefused(SafetensorsException.UNREADABLE, "not a folder that can be read");
  }

  @Test
  void shouldRefuseAMissingShard_I8() {
    write(folder.resolve(FIRST), floats("a", 1));
    index("a", FIRST, "b", SECOND);
    assertRefused(SafetensorsException.SHARD_MISSING, "names the shard \"" + SECOND + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "../secret.safetensors",
    "/etc/passwd",
    "/tmp/x.safetensors",
    "sub/x.safetensors",
    "..",
    ".safetensors",
    "..\\\\x.safetensors",
    "x.safetensors\\u0000",
    "pytorch_model.bin",
    "''"
  })
  void shouldRefuseAShardOutsideTheFolder_I8(String shard) {
    write(outside.resolve("secret.safetensors"), floats("a", 1));
    index("a", shard);
    assertRefused(SafetensorsException.SHARD_OUTSIDE, "is not the plain name of a .safetensors");
  }

  @Test
  void shouldRefuseSymbolicLinks_I8() throws IOException {
    Path secret = write(outside.resolve("secret"), floats("a", 1));
    Files.createSymbolicLink(folder.resolve(FIRST), secret);
    index("a", FIRST);
    assertRefused(SafetensorsException.SHARD_OUTSIDE, "is a symbolic link");

    Files.createSymbolicLink(folder.resolve("model.safetensors"), secret);
    assertRefused(SafetensorsException.SHARD_OUTSIDE, "is a symbolic link");
  }

  @Test
  void shouldRefuseALinkAsIndex_I8() throws IOException {
    Files.createSymbolicLink(
        folder.resolve(INDEX),
        write(outside.resolve("index"), "{}".getBytes(StandardCharsets.UTF_8)));
    assertRefused(SafetensorsException.SHARD_OUTSIDE, "is a symbolic link");
  }

  @Test
  void shouldRefuseAnIndexThatIsNotOfThisSave_I8() {
    write(folder.resolve(FIRST), floats("a", 1));
    index("b", FIRST);
    assertRefused(SafetensorsException.TENSOR_MISSING, "index and shards are not of one save");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"weight_map\":{}}",
        "{\"weight_map\":[]}",
        "{\"weight_map\":{\"a\":1}}",
        "{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}}",
        "{\"weight_map\":{\"a\":",
        "{\"metadata\":[[[[[[[[[[[[[]]]]]]]]]]]]],\"weight_map\":{}}"
      })
  void shouldRefuseABrokenIndex_I8(String content) {
    text(INDEX, content);
    assertRefused(SafetensorsException.INDEX, "bad index: ");
  }

  @Test
  void shouldRefuseADamagedShardNamingIt_I1() {
    write(folder.resolve(FIRST), floats("a", 1));
    write(folder.resolve(SECOND), new byte[7]);
    index("a", FIRST, "b", SECOND);
    assertRefused(SafetensorsException.TRUNCATED, SECOND + ": truncated");
  }
}
