package io.salient.torch;

import static io.salient.torch.SafetensorsWriter.bytes;
import static io.salient.torch.SafetensorsWriter.floats;
import static io.salient.torch.SafetensorsWriter.tensor;
import static io.salient.torch.SafetensorsWriter.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I4, I5: values arrive as they are in the file. */
class SafetensorsFileTest {
  @TempDir private Path folder;
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private SafetensorsFile file(byte[] content) {
    return SafetensorsFile.open(write(folder.resolve("model.safetensors"), content));
  }

  /** A file with one tensor {@code x}. */
  private SafetensorsFile file(String dtype, String shape, ByteBuffer data) {
    String header = "{" + tensor("x", dtype, shape, 0, data.capacity()) + "}";
    String aligned = header + " ".repeat((8 - header.length() % 8) % 8);
    return file(bytes(aligned.length(), aligned, data));
  }

  private static ByteBuffer data(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void shouldLoadFloat32WithoutACopy() {
    ByteBuffer data = data(24);
    IntStream.range(0, 6).forEach(i -> data.putFloat(i + 0.5f));
    try (SafetensorsFile file = file("F32", "[2,3]", data)) {
      // when
      NDArray x = file.load(manager, "x");

      // then
      assertThat(x.getShape()).isEqualTo(new Shape(2, 3));
      assertThat(x.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(x.toFloatArray()).containsExactly(0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f);
      assertThat(TorchEngine.memory(x).address()).isEqualTo(file.bytes("x").address());
      x.close();
    }
  }

  @Test
  void shouldLoadEveryFloat16Exactly_I4() {
    assertEveryPatternExact("F16", bits -> Float.float16ToFloat((short) bits));
  }

  @Test
  void shouldLoadEveryBfloat16Exactly_I4() {
    assertEveryPatternExact("BF16", bits -> Float.intBitsToFloat(bits << 16));
  }

  private void assertEveryPatternExact(String dtype, IntFunction<Float> expected) {
    // given: all 65,536 values, NaN, infinities, denormals and -0.0 among them
    ByteBuffer data = data(2 * 65_536);
    IntStream.range(0, 65_536).forEach(bits -> data.putShort((short) bits));
    try (SafetensorsFile file = file(dtype, "[256,256]", data)) {
      // when
      NDArray x = file.load(manager, "x");

      // then
      assertThat(x.getShape()).isEqualTo(new Shape(256, 256));
      float[] values = x.toFloatArray();
      for (int bits = 0; bits < 65_536; bits++) {
        assertThat(Float.floatToIntBits(values[bits]))
            .as("%s %04x", dtype, bits)
            .isEqualTo(Float.floatToIntBits(expected.apply(bits)));
      }
    }
  }

  @Test
  void shouldRoundFloat64ToNearest_I4() {
    double[] values = {0.1, -0.0, 1e38, Float.MIN_VALUE, 1 + 1e-12, Double.NaN, 1e300, Math.PI};
    ByteBuffer data = data(8 * values.length);
    data.asDoubleBuffer().put(values);
    try (SafetensorsFile file = file("F64", "[8]", data)) {
      float[] loaded = file.load(manager, "x").toFloatArray();
      for (int i = 0; i < values.length; i++) {
        assertThat(Float.floatToIntBits(loaded[i]))
            .isEqualTo(Float.floatToIntBits((float) values[i]));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TensorDtype.class,
      names = {"F64", "F32", "F16", "BF16"},
      mode = EnumSource.Mode.EXCLUDE)
  void shouldRefuseToLoadOtherDtypesByName_I4(TensorDtype dtype) {
    try (SafetensorsFile file = file(dtype.name(), "[1]", data(dtype.bytes()))) {
      assertThat(file.bytes("x").byteSize()).isEqualTo(dtype.bytes());
      assertThat(file.firstNonFinite(manager)).isEmpty();
      assertThatThrownBy(() -> file.load(manager, "x"))
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining(
              "tensor \"x\" is " + dtype + "; weights may be F64, F32, F16, BF16");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16", "BF16", "F64"})
  void shouldLoadTensorsLargerThanABlock(String dtype) {
    int size = TensorDtype.valueOf(dtype).bytes();
    ByteBuffer data = data(1000 * size);
    for (int i = 0; i < 1000; i++) {
      switch (dtype) {
        case "F32" -> data.putFloat(i % 100);
        case "F64" -> data.putDouble(i % 100);
        case "F16" -> data.putShort(Float.floatToFloat16(i % 100));
        default -> data.putShort((short) (Float.floatToIntBits(i % 100) >>> 16));
      }
    }
    try (SafetensorsFile file = file(dtype, "[250,4]", data)) {
      // when: blocks of 72 bytes, the last one shorter
      MemorySegment bytes = file.bytes("x");
      NDArray x = TensorReader.copy(manager, file.tensors().get("x"), bytes, 72);

      // then
      assertThat(x.getShape()).isEqualTo(new Shape(250, 4));
      float[] values = x.toFloatArray();
      for (int i = 0; i < 1000; i++) {
        assertThat(values[i]).isEqualTo(i % 100);
      }
    }
  }

  @Test
  void shouldLoadTensorsThatAreNotAligned() {
    String header = "{" + tensor("x", "F32", "[2]", 0, 8) + "}";
    String odd = header + " ".repeat(header.length() % 2 == 0 ? 1 : 0);
    ByteBuffer data = data(8).putFloat(1.5f).putFloat(-2.5f);
    try (SafetensorsFile file = file(bytes(odd.length(), odd, data))) {
      assertThat(file.bytes("x").address() % 2).isEqualTo(1);
      assertThat(file.load(manager, "x").toFloatArray()).containsExactly(1.5f, -2.5f);
    }
  }

  @Test
  void shouldLoadScalarsAndEmptyTensors() {
    String header =
        "{" + tensor("e", "BF16", "[0,4]", 0, 0) + "," + tensor("s", "F16", "[]", 0, 2) + "}";
    try (SafetensorsFile file = file(bytes(header.length(), header, new byte[] {0, 0x3C}))) {
      assertThat(file.load(manager, "e").getShape()).isEqualTo(new Shape(0, 4));
      assertThat(file.load(manager, "s").getShape()).isEqualTo(new Shape());
      assertThat(file.load(manager, "s").getFloat()).isEqualTo(1f);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void shouldNameTheFirstTensorThatIsNotFinite_I5(float bad) {
    try (SafetensorsFile file = file(floats("encoder.weight", 1, 2, bad, 4))) {
      assertThat(file.firstNonFinite(manager)).contains("encoder.weight");
    }
  }

  @Test
  void shouldFindNonFiniteValuesInEveryFloatType_I5() {
    ByteBuffer f16 = data(4).putShort((short) 0).putShort((short) 0x7C00);
    ByteBuffer bf16 = data(4).putShort((short) 0).putShort((short) 0x7F80);
    ByteBuffer f64 = data(16).putDouble(0).putDouble(1e300);
    try (SafetensorsFile file = file("F16", "[2]", f16)) {
      assertThat(file.firstNonFinite(manager)).contains("x");
    }
    try (SafetensorsFile file = file("BF16", "[2]", bf16)) {
      assertThat(file.firstNonFinite(manager)).contains("x");
    }
    try (SafetensorsFile file = file("F64", "[2]", f64)) {
      assertThat(file.firstNonFinite(manager)).contains("x");
    }
  }

  @Test
  void shouldNotTakeLargeValuesForInfinity_I5() {
    // the sum of these overflows, and so does that of infinities of both signs
    try (SafetensorsFile file = file(floats("x", 3e38f, 3e38f, 3e38f, -3e38f))) {
      assertThat(file.firstNonFinite(manager)).isEmpty();
    }
    try (SafetensorsFile file =
        file("F16", "[2]", data(4).putShort((short) 0x7BFF).putShort((short) 0x7BFF))) {
      assertThat(file.firstNonFinite(manager)).isEmpty();
    }
  }

  @Test
  void shouldRefuseATensorThatIsNotThere() {
    try (SafetensorsFile file = file(floats("x", 1))) {
      assertThatThrownBy(() -> file.load(manager, "y"))
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining("no tensor \"y\" among its 1");
    }
  }

  @Test
  void shouldHashWhatTheFileHolds() throws IOException {
    // the digest of "abc" is the standard's own example
    assertThat(WeightsHash.of(MemorySegment.ofArray(new byte[] {'a', 'b', 'c'})))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    byte[] large = floats("x", new float[1_000_003]);
    try (SafetensorsFile file = file(large)) {
      assertThat(file.sha256())
          .isEqualTo(
              java.util.HexFormat.of()
                  .formatHex(WeightsHash.sha256().digest(Files.readAllBytes(file.file()))));
    }
  }

  @Test
  void shouldRefuseWhatIsNoRegularFile() throws Exception {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), write(folder.resolve("f"), floats("x", 1)));
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path path : new Path[] {folder, link, pipe, folder.resolve("missing")}) {
      assertThatThrownBy(() -> SafetensorsFile.open(path))
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining("not a file that can be mapped");
    }
  }

  @Test
  void shouldUnmapWhenTheHeaderIsRefused_I1() {
    assertThatThrownBy(() -> file(new byte[0]))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("truncated: header says at least 8 bytes, file has 0");
  }
}
