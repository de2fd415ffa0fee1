package io.salient.ranking.parquet;

import io.salient.ranking.table.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * The one data page (v1) of a column, all of whose cells may be null.
 *
 * <pre>
 * header  PageHeader, compact protocol
 * body    gzip of:
 *   4 bytes  length of the levels
 *   levels   runs of cells with a value (1) and without (0): 2 * length of the run, then the level
 *   values   PLAIN, little-endian, those that are there: 4 or 8 bytes a number, a length of 4 bytes
 *            before a text, a bit a boolean, the lowest bit of a byte first
 * </pre>
 *
 * @param header as it stands in the file
 * @param body compressed
 * @param bodyBytes of the body before compression
 */
record ColumnPage(byte[] header, byte[] body, int bodyBytes) {
  private static final int DATA_PAGE = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;

  /** The page of a column's cells, null for those without a value. */
  static ColumnPage of(ColumnType type, List<Object> cells) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] levels = levels(cells);
    body.writeBytes(ints(1).putInt(levels.length).array());
    body.writeBytes(levels);
    List<Object> values = cells.stream().filter(Objects::nonNull).toList();
    body.writeBytes(type == ColumnType.BOOLEAN ? bits(values) : plain(type, values));
    byte[] compressed = gzip(body.toByteArray());
    return new ColumnPage(
        header(cells.size(), body.size(), compressed.length), compressed, body.size());
  }

  /** Bytes of the header and of the body before compression. */
  long plainBytes() {
    return (long) header.length + bodyBytes;
  }

  /** Bytes in the file. */
  long bytes() {
    return (long) header.length + body.length;
  }

  private static byte[] header(int cells, int plain, int compressed) {
    return new CompactStruct()
        .i32(1, DATA_PAGE)
        .i32(2, plain)
        .i32(3, compressed)
        .struct(5, new CompactStruct().i32(1, cells).i32(2, PLAIN).i32(3, RLE).i32(4, RLE))
        .toBytes();
  }

  private static byte[] levels(List<Object> cells) {
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    int start = 0;
    for (int i = 1; i <= cells.size(); i++) {
      boolean there = cells.get(start) != null;
      if (i == cells.size() || (cells.get(i) != null) != there) {
        CompactStruct.varint(runs, (long) (i - start) << 1);
        runs.write(there ? 1 : 0);
        start = i;
      }
    }
    return runs.toByteArray();
  }

  private static byte[] bits(List<Object> values) {
    byte[] bits = new byte[(values.size() + 7) / 8];
    for (int i = 0; i < values.size(); i++) {
      bits[i / 8] |= (byte) ((Boolean) values.get(i) ? 1 << (i % 8) : 0);
    }
    return bits;
  }

  private static byte[] plain(ColumnType type, List<Object> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object value : values) {
      out.writeBytes(
          switch (type) {
            case INT -> ints(1).putInt((Integer) value).array();
            case LONG -> ints(2).putLong((Long) value).array();
            case FLOAT -> ints(1).putFloat((Float) value).array();
            case DOUBLE -> ints(2).putDouble((Double) value).array();
            case TEXT, NAME -> text((String) value);
            case BOOLEAN -> throw new IllegalArgumentException("booleans are bits");
          });
    }
    return out.toByteArray();
  }

  private static byte[] text(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(text.length)
        .put(text)
        .array();
  }

  private static ByteBuffer ints(int words) {
    return ByteBuffer.allocate(words * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return out.toByteArray();
  }
}
