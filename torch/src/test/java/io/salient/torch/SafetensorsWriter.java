package io.salient.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files as a test wants them, right or wrong. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /** Length, header and data as given. */
  static byte[] bytes(long length, String header, byte[] data) {
    return bytes(length, header, ByteBuffer.wrap(data));
  }

  /** The same with all of a buffer as data. */
  static byte[] bytes(long length, String header, ByteBuffer data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.capacity())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(json)
        .put(data.rewind())
        .array();
  }

  /** A header of the right length, and so many zero bytes of data. */
  static byte[] bytes(String header, int dataBytes) {
    return bytes(header.getBytes(StandardCharsets.UTF_8).length, header, new byte[dataBytes]);
  }

  /** One tensor, as the header sees it. */
  static String tensor(String name, String dtype, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, begin, end);
  }

  /** One float32 vector in a file. */
  static byte[] floats(String name, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    String header = "{" + tensor(name, "F32", "[" + values.length + "]", 0, data.capacity()) + "}";
    return bytes(header.length(), header, data);
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
