package io.salient.torch;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and validates the header of a safetensors file.
 *
 * <pre>
 * offset 0       8 bytes   n, unsigned, little-endian: length of the header, at most 100,000,000
 * offset 8       n bytes   JSON, UTF-8, starts with '{', may end with blanks:
 *                          {"__metadata__": {...}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, ...}
 * offset 8 + n   the rest  the tensors, row-major, little-endian; offsets count from here,
 *                          every byte belongs to exactly one tensor
 * </pre>
 *
 * Nothing is allocated by what a header claims: memory grows only with the bytes that are there.
 */
final class SafetensorsHeader {
  /** Bytes before the JSON. */
  static final int PREFIX = 8;

  static final int MAX_TENSORS = 250_000;
  private static final int MAX_RANK = 64;
  private static final String METADATA = "__metadata__";
  private static final String AGAIN =
      "; the file is damaged or was not written whole: save it again";
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader(Path file) {
    this.file = file;
  }

  /**
   * The tensors, in the order of the header, and where their bytes begin.
   *
   * @param tensors by name
   * @param metadata texts that the writer put beside them; of no fixed meaning
   * @param dataStart offset in the file that tensor offsets count from
   */
  record Layout(Map<String, TensorInfo> tensors, Map<String, String> metadata, long dataStart) {}

  /**
   * Reads the header of a mapped file.
   *
   * @throws SafetensorsException when anything is not as it must be
   */
  static Layout read(Path file, MemorySegment bytes) {
    SafetensorsHeader header = new SafetensorsHeader(file);
    header.requireNoOther(bytes);
    long length = header.length(bytes);
    header.parse(bytes.asSlice(PREFIX, length));
    header.checkOffsets(bytes.byteSize() - PREFIX - length);
    return new Layout(header.tensors, header.metadata, PREFIX + length);
  }

  /** A file that does not begin as it must may be known for something else. */
  private void requireNoOther(MemorySegment bytes) {
    if (bytes.byteSize() > PREFIX && bytes.get(ValueLayout.JAVA_BYTE, PREFIX) != '{') {
      ForeignContent.of(bytes)
          .ifPresent(
              what -> {
                throw refused(SafetensorsException.HEADER, what);
              });
    }
  }

  private long length(MemorySegment bytes) {
    long size = bytes.byteSize();
    if (size < PREFIX) {
      throw refused(
          SafetensorsException.TRUNCATED,
          "truncated: header says at least " + PREFIX + " bytes, file has " + size + AGAIN);
    }
    long length = bytes.get(LENGTH, 0);
    if (length < 2 || length > StrictJson.MAX_BYTES) {
      throw refused(
          SafetensorsException.HEADER,
          "header length "
              + Long.toUnsignedString(length)
              + " is not between 2 and "
              + StrictJson.MAX_BYTES
              + ": not a safetensors file, or damaged");
    }
    if (length > size - PREFIX) {
      throw refused(
          SafetensorsException.TRUNCATED,
          "truncated: header says " + (PREFIX + length) + ", file has " + size + AGAIN);
    }
    return length;
  }

  private void parse(MemorySegment header) {
    if (header.get(ValueLayout.JAVA_BYTE, 0) != '{') {
      throw refused(SafetensorsException.HEADER, "the header does not start with '{'");
    }
    try (InputStream bytes = new SegmentInputStream(header);
        JsonParser json = StrictJson.parser(bytes)) {
      StrictJson.expect(JsonToken.START_OBJECT, json.nextToken(), "the header");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        entry(json, json.currentName());
      }
      if (json.nextToken() != null) {
        throw new StrictJson.UnexpectedJsonException("something follows the header's object");
      }
    } catch (IOException e) {
      String code =
          StrictJson.isDuplicate(e) ? SafetensorsException.DUPLICATE : SafetensorsException.HEADER;
      throw new SafetensorsException(code, file, "bad header: " + firstLine(e), e);
    }
  }

  private void entry(JsonParser json, String name) throws IOException {
    if (name.length() > StrictJson.MAX_NAME) {
      throw new StrictJson.UnexpectedJsonException(
          quoted(name) + " exceeds the maximum length of a name, " + StrictJson.MAX_NAME);
    }
    StrictJson.expect(JsonToken.START_OBJECT, json.nextToken(), quoted(name));
    if (name.equals(METADATA)) {
      readMetadata(json);
      return;
    }
    if (tensors.size() == MAX_TENSORS) {
      throw new StrictJson.UnexpectedJsonException("more than " + MAX_TENSORS + " tensors");
    }
    tensors.put(name, tensor(json, name));
  }

  /** Texts by name; whatever else programs write there is passed over. */
  private void readMetadata(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        metadata.put(field, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  private TensorInfo tensor(JsonParser json, String name) throws IOException {
    TensorDtype dtype = null;
    long[] shape = null;
    long[] offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> dtype = dtype(json, name);
        case "shape" -> shape = numbers(json, "shape of " + quoted(name), MAX_RANK);
        case "data_offsets" -> offsets = numbers(json, "data_offsets of " + quoted(name), 2);
        default ->
            throw new StrictJson.UnexpectedJsonException(
                quoted(name) + " has an unknown field " + quoted(field));
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw new StrictJson.UnexpectedJsonException(
          quoted(name) + " needs dtype, shape and two data_offsets");
    }
    return checked(name, dtype, shape, offsets[0], offsets[1]);
  }

  private TensorDtype dtype(JsonParser json, String name) throws IOException {
    StrictJson.expect(JsonToken.VALUE_STRING, json.currentToken(), "dtype of " + quoted(name));
    String text = json.getText();
    return TensorDtype.named(text)
        .orElseThrow(
            () ->
                refused(
                    SafetensorsException.DTYPE,
                    "tensor "
                        + quoted(name)
                        + " has the unknown dtype "
                        + quoted(text)
                        + "; weights may be "
                        + TensorDtype.supportedNames()));
  }

  private static long[] numbers(JsonParser json, String what, int limit) throws IOException {
    StrictJson.expect(JsonToken.START_ARRAY, json.currentToken(), what);
    long[] numbers = new long[4];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == limit) {
        throw new StrictJson.UnexpectedJsonException(what + " has more than " + limit + " numbers");
      }
      numbers = count < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * count);
      numbers[count++] = StrictJson.naturalNumber(json, what);
    }
    return Arrays.copyOf(numbers, count);
  }

  private TensorInfo checked(String name, TensorDtype dtype, long[] shape, long begin, long end) {
    if (begin > end) {
      throw refused(
          SafetensorsException.OFFSETS,
          "tensor " + quoted(name) + " ends at " + end + " before it begins at " + begin);
    }
    long bytes = dtype.bytes();
    try {
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw new SafetensorsException(
          SafetensorsException.SHAPE,
          file,
          "tensor " + quoted(name) + " of shape " + Arrays.toString(shape) + " overflows 64 bits",
          e);
    }
    if (bytes != end - begin) {
      throw refused(
          SafetensorsException.SHAPE,
          "tensor %s: %s of shape %s is %d bytes, its offsets say %d"
              .formatted(quoted(name), dtype, Arrays.toString(shape), bytes, end - begin));
    }
    return new TensorInfo(name, dtype, new Shape(shape), begin, bytes);
  }

  /** Every byte of the data belongs to exactly one tensor, and all of them are there. */
  private void checkOffsets(long available) {
    List<TensorInfo> ordered = new ArrayList<>(tensors.values());
    ordered.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::bytes));
    long expected = 0;
    String before = "the header";
    for (TensorInfo tensor : ordered) {
      if (tensor.offset() != expected) {
        throw misplaced(tensor, expected, before);
      }
      expected += tensor.bytes();
      before = quoted(tensor.name());
      if (expected > available) {
        throw truncated(tensor, ordered.getLast(), available);
      }
    }
    if (expected != available) {
      throw refused(
          SafetensorsException.GAP,
          (available - expected) + " bytes after " + before + " belong to no tensor" + AGAIN);
    }
  }

  private SafetensorsException truncated(TensorInfo first, TensorInfo last, long available) {
    return refused(
        SafetensorsException.TRUNCATED,
        "truncated: header says %d bytes of tensors, file has %d; the first that is cut off is %s%s"
            .formatted(last.offset() + last.bytes(), available, quoted(first.name()), AGAIN));
  }

  private SafetensorsException misplaced(TensorInfo tensor, long expected, String before) {
    boolean overlap = tensor.offset() < expected;
    return refused(
        overlap ? SafetensorsException.OVERLAP : SafetensorsException.GAP,
        "tensor %s begins at %d, %s %s, which ends at %d"
            .formatted(
                quoted(tensor.name()),
                tensor.offset(),
                overlap ? "inside" : "with a gap after",
                before,
                expected));
  }

  private SafetensorsException refused(String code, String what) {
    return new SafetensorsException(code, file, what);
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }

  /** A name for a message: quoted, cut, without control characters. */
  static String quoted(String name) {
    String text = name.length() > 200 ? name.substring(0, 200) + "..." : name;
    return '"' + text.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
