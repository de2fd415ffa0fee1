package io.salient.ranking.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One struct in Thrift's compact protocol, which Parquet's headers and footer are in. Fields are
 * given by ascending id, each at most 15 above the one before.
 *
 * <pre>
 * field   1 byte: (id - id before) * 16 + type
 * i32,i64 zigzag, then 7 bits a byte, the lowest first, the top bit set in all but the last
 * binary  length as 7 bits a byte, then the bytes
 * list    1 byte: size * 16 + type of its elements; from 15 elements on 15 * 16 + type, then size
 * end     1 byte: 0
 * </pre>
 */
final class CompactStruct {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONG_LIST = 15;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int last;

  CompactStruct i32(int id, int value) {
    field(id, I32);
    varint(zigzag(value));
    return this;
  }

  CompactStruct i64(int id, long value) {
    field(id, I64);
    varint(zigzag(value));
    return this;
  }

  CompactStruct text(int id, String value) {
    field(id, BINARY);
    binary(value);
    return this;
  }

  CompactStruct struct(int id, CompactStruct value) {
    field(id, STRUCT);
    bytes.writeBytes(value.toBytes());
    return this;
  }

  CompactStruct i32s(int id, List<Integer> values) {
    list(id, I32, values.size());
    values.forEach(value -> varint(zigzag(value)));
    return this;
  }

  CompactStruct texts(int id, List<String> values) {
    list(id, BINARY, values.size());
    values.forEach(this::binary);
    return this;
  }

  CompactStruct structs(int id, List<CompactStruct> values) {
    list(id, STRUCT, values.size());
    values.forEach(value -> bytes.writeBytes(value.toBytes()));
    return this;
  }

  /** All fields so far, and the end. */
  byte[] toBytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(bytes.toByteArray());
    all.write(0);
    return all.toByteArray();
  }

  private void field(int id, int type) {
    bytes.write(((id - last) << 4) | type);
    last = id;
  }

  private void list(int id, int type, int size) {
    field(id, LIST);
    bytes.write((Math.min(size, LONG_LIST) << 4) | type);
    if (size >= LONG_LIST) {
      varint(size);
    }
  }

  private void binary(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    varint(text.length);
    bytes.writeBytes(text);
  }

  private void varint(long value) {
    varint(bytes, value);
  }

  /** A number of 0 or more, 7 bits a byte. */
  static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }
}
