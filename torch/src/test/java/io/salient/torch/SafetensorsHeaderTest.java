package io.salient.torch;

import static io.salient.torch.SafetensorsWriter.bytes;
import static io.salient.torch.SafetensorsWriter.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I1, I2, I3, I4: a header is refused by what is wrong with it, before anything is allocated. */
class SafetensorsHeaderTest {
  private static final Path FILE = Path.of("model.safetensors");
  private static final String TWO =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + tensor("a", "F32", "[2,3]", 0, 24)
          + ","
          + tensor("b", "BF16", "[]", 24, 26)
          + "}  ";

  private static SafetensorsHeader.Layout read(byte[] file) {
    return SafetensorsHeader.read(FILE, MemorySegment.ofArray(file));
  }

  private static void assertRefused(byte[] file, String code, String... message) {
    assertThatThrownBy(() -> read(file))
        .asInstanceOf(InstanceOfAssertFactories.type(SafetensorsException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("model.safetensors: "))
        .satisfies(
            e -> {
              for (String part : message) {
                assertThat(e.getMessage()).contains(part);
              }
            });
  }

  private static void assertRefused(String entries, int data, String code, String... message) {
    assertRefused(bytes("{" + entries + "}", data), code, message);
  }

  @Test
  void shouldReadNamesTypesShapesAndOffsets() {
    // when
    SafetensorsHeader.Layout layout = read(bytes(TWO, 26));

    // then
    assertThat(layout.dataStart()).isEqualTo(8 + TWO.length());
    assertThat(layout.tensors().values())
        .containsExactly(
            new TensorInfo("a", TensorDtype.F32, new Shape(2, 3), 0, 24),
            new TensorInfo("b", TensorDtype.BF16, new Shape(), 24, 2));
  }

  @Test
  void shouldTakeEmptyTensorsAndAnEmptyHeader() {
    assertThat(read(bytes("{}", 0)).tensors()).isEmpty();
    String empty = tensor("x", "F32", "[0,7]", 0, 0) + "," + tensor("y", "I8", "[1]", 0, 1);
    assertThat(read(bytes("{" + empty + "}", 1)).tensors()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void shouldRefuseAFileWithoutALength_I1(int size) {
    assertRefused(
        new byte[size],
        SafetensorsException.TRUNCATED,
        "truncated: header says at least 8 bytes, file has " + size);
  }

  @Test
  void shouldRefuseATruncatedBodyAtEveryLength_I1() {
    byte[] whole = bytes(TWO, 26);
    for (int size = 8; size < whole.length; size++) {
      assertRefused(
          java.util.Arrays.copyOf(whole, size),
          SafetensorsException.TRUNCATED,
          "truncated: header says ",
          ", file has ");
    }
    assertRefused(
        bytes(TWO, 25),
        SafetensorsException.TRUNCATED,
        "header says 26 bytes of tensors, file has 25",
        "cut off is \"b\"",
        "save it again");
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807",
    "-1",
    "-9223372036854775808",
    "2147483648",
    "2147483647",
    "101000000",
    "100000001",
    "0",
    "1"
  })
  void shouldRefuseALyingHeaderLengthBeforeAllocation_I2(long length) {
    assertRefused(
        bytes(length, TWO, new byte[26]),
        SafetensorsException.HEADER,
        "header length " + Long.toUnsignedString(length),
        "100000000");
  }

  @Test
  void shouldRefuseAHeaderThatIsLongerThanTheFile_I2() {
    assertRefused(
        bytes(99_999_999, TWO, new byte[26]),
        SafetensorsException.TRUNCATED,
        "header says 100000007, file has");
  }

  @Test
  void shouldAllocateNextToNothingForClaims_I2() {
    // given: what claims most
    String shape = "[2147483647,2147483647]";
    byte[] huge = bytes("{" + tensor("a", "I8", shape, 0, 2147483647L * 2147483647L) + "}", 0);
    byte[] length = bytes(99_999_999, "{", new byte[0]);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThatThrownBy(() -> read(huge)).isInstanceOf(SafetensorsException.class);

    // when
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      assertRejected(huge);
      assertRejected(length);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // then: the parser's own buffers
    assertThat(allocated / 200).isLessThan(128 << 10);
  }

  private static void assertRejected(byte[] file) {
    try {
      read(file);
      throw new AssertionError("accepted");
    } catch (SafetensorsException e) {
      assertThat(e.code()).isEqualTo(SafetensorsException.TRUNCATED);
    }
  }

  @Test
  void shouldReadAHundredThousandEntries_I2() {
    // given
    String entries =
        IntStream.range(0, 100_000)
            .mapToObj(i -> tensor("layer." + i, "F32", "[1]", 4L * i, 4L * i + 4))
            .collect(Collectors.joining(","));

    // when, then
    assertThat(read(bytes("{" + entries + "}", 400_000)).tensors()).hasSize(100_000);
  }

  @Test
  void shouldBoundTheNumberOfTensors_I2() {
    String entries =
        IntStream.rangeClosed(0, SafetensorsHeader.MAX_TENSORS)
            .mapToObj(i -> tensor("t" + i, "F32", "[0]", 0, 0))
            .collect(Collectors.joining(","));
    assertRefused(entries, 0, SafetensorsException.HEADER, "more than 250000 tensors");
  }

  @Test
  void shouldRefuseDeepJson_I2() {
    String deep = "{\"a\":" + "[".repeat(1_000_000);
    assertRefused(bytes(deep, 0), SafetensorsException.HEADER);
    String metadata = "\"__metadata__\":" + "{\"a\":".repeat(100_000);
    assertRefused(metadata, 0, SafetensorsException.HEADER, "nesting depth");
  }

  @Test
  void shouldRefuseEndlessNamesAndNumbers_I2() {
    assertRefused(
        tensor("x".repeat(100_000), "F32", "[0]", 0, 0),
        0,
        SafetensorsException.HEADER,
        "exceeds the maximum");
    assertRefused(
        tensor("x", "F32", "[" + "9".repeat(100_000) + "]", 0, 0),
        0,
        SafetensorsException.HEADER,
        "exceeds the maximum");
    assertRefused(
        tensor("x", "F32", "[" + "1,".repeat(100_000) + "1]", 0, 4),
        4,
        SafetensorsException.HEADER,
        "more than 64");
  }

  @Test
  void shouldRefuseOverlapNamingTheTensor_I3() {
    assertRefused(
        tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[2]", 4, 12),
        12,
        SafetensorsException.OVERLAP,
        "tensor \"b\" begins at 4, inside \"a\", which ends at 8");
    assertRefused(
        tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[2]", 0, 8),
        8,
        SafetensorsException.OVERLAP,
        "\"b\"");
  }

  @Test
  void shouldRefuseGapsNamingTheTensor_I3() {
    assertRefused(
        tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[1]", 12, 16),
        16,
        SafetensorsException.GAP,
        "tensor \"b\" begins at 12, with a gap after \"a\"");
    assertRefused(tensor("a", "F32", "[1]", 4, 8), 8, SafetensorsException.GAP, "\"a\"");
    assertRefused(
        tensor("a", "F32", "[1]", 0, 4), 5, SafetensorsException.GAP, "1 bytes after \"a\"");
  }

  @Test
  void shouldRefuseOffsetsBeyondTheEndNamingTheTensor_I3() {
    assertRefused(
        tensor("a", "F32", "[1]", 0, 4) + "," + tensor("b", "F32", "[1000000]", 4, 4_000_004),
        8,
        SafetensorsException.TRUNCATED,
        "\"b\"",
        "header says 4000004 bytes of tensors, file has 8");
    assertRefused(
        tensor("a", "I8", "[9223372036854775807]", 0, Long.MAX_VALUE)
            + ","
            + tensor("b", "I8", "[9223372036854775807]", 0, Long.MAX_VALUE),
        8,
        SafetensorsException.TRUNCATED,
        "\"a\"");
  }

  @Test
  void shouldRefuseReversedAndNegativeOffsetsNamingTheTensor_I3() {
    assertRefused(
        tensor("a", "F32", "[1]", 4, 0),
        4,
        SafetensorsException.OFFSETS,
        "tensor \"a\" ends at 0 before it begins at 4");
    assertRefused(
        tensor("a", "F32", "[1]", -4, 0),
        4,
        SafetensorsException.HEADER,
        "data_offsets of \"a\" is negative: -4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[3]                     | is 12 bytes, its offsets say 8",
        "[]                      | is 4 bytes",
        "[2,0]                   | is 0 bytes",
        "[4294967296,4294967296] | overflows 64 bits",
        "[9223372036854775807]   | overflows 64 bits"
      })
  void shouldRefuseAShapeThatIsNotItsBytes_I3(String shape, String message) {
    assertRefused(
        tensor("a", "F32", shape, 0, 8), 8, SafetensorsException.SHAPE, "tensor \"a\"", message);
  }

  @Test
  void shouldRefuseNamesThatStandTwice_I3() {
    String a = tensor("a", "F32", "[1]", 0, 4);
    assertRefused(a + "," + a, 4, SafetensorsException.DUPLICATE, "'a'");
    assertRefused(
        "\"a\":{\"dtype\":\"F32\",\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}",
        4,
        SafetensorsException.DUPLICATE,
        "'dtype'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F4", "f32", "FLOAT", "", "Q4_K", "F32 "})
  void shouldRefuseAnUnknownDtypeByName_I4(String dtype) {
    assertRefused(
        tensor("a", dtype, "[1]", 0, 4),
        4,
        SafetensorsException.DTYPE,
        "tensor \"a\" has the unknown dtype \"" + dtype + "\"",
        "F64, F32, F16, BF16");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":4,\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}",
        "{\"__metadata__\":[]}",
        "{}x",
        "{}{}",
        "{",
        "{\"a\"",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,",
        " {}",
        "\uFEFF{}",
        "{'a':{}}",
        "{/**/}",
        "nan"
      })
  void shouldRefuseWhatIsNoHeader_I2(String header) {
    assertRefused(bytes(header, 4), SafetensorsException.HEADER);
  }

  @Test
  void shouldRefuseBytesThatAreNotUtf8() {
    byte[] file = bytes("{" + tensor("?", "F32", "[1]", 0, 4) + "}", 4);
    file[10] = (byte) 0xFF;
    assertRefused(file, SafetensorsException.HEADER);
  }

  @Test
  void shouldShowHostileNamesHarmlessly() {
    assertRefused(
        tensor("a\\u0000\\n\\u001b[31m", "F4", "[1]", 0, 4),
        4,
        SafetensorsException.DTYPE,
        "tensor \"a???[31m\"");
  }
}
