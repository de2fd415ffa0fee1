package io.salient.probe.matrix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Number format of the D activations of a row of a matrix file, little-endian. */
public enum MatrixEncoding {
  /** 4 D bytes, float32. */
  FLOAT32 {
    @Override
    int bytes(int width) {
      return 4 * width;
    }

    @Override
    void write(MemorySegment values, int width, MemorySegment row) {
      MemorySegment.copy(values, NATIVE, 0, row, FLOAT, 0, width);
    }

    @Override
    void read(MemorySegment file, long position, int width, MemorySegment target) {
      MemorySegment.copy(file, FLOAT, position, target, NATIVE, 0, width);
    }

    @Override
    void read(MemorySegment file, long position, int[] neurons, MemorySegment target) {
      for (int i = 0; i < neurons.length; i++) {
        target.set(NATIVE, 4L * i, file.get(FLOAT, position + 4L * neurons[i]));
      }
    }
  },

  /**
   * 4 + 2 D bytes: a power of two e (int), then float16 h; a value is h x 2^e. The largest value of
   * the row lies between 2^14 and 2^15 then, so none is out of range. The error is at most 2^-11 of
   * a value, or 2^-39 of the row's largest, or 2^-137, whichever is most.
   */
  FLOAT16 {
    @Override
    int bytes(int width) {
      return SCALE + 2 * width;
    }

    @Override
    void write(MemorySegment values, int width, MemorySegment row) {
      float largest = 0;
      for (int i = 0; i < width; i++) {
        largest = Math.max(largest, Math.abs(values.get(NATIVE, 4L * i)));
      }
      int power = Math.clamp(Math.getExponent(largest) - 14L, LEAST_POWER, MOST_POWER);
      float scale = power(-power);
      row.set(INT, 0, power);
      for (int i = 0; i < width; i++) {
        short half = Float.floatToFloat16(values.get(NATIVE, 4L * i) * scale);
        row.set(HALF, SCALE + 2L * i, half);
      }
    }

    @Override
    void read(MemorySegment file, long position, int width, MemorySegment target) {
      float scale = power(file.get(INT, position));
      for (int i = 0; i < width; i++) {
        short half = file.get(HALF, position + SCALE + 2L * i);
        target.set(NATIVE, 4L * i, Float.float16ToFloat(half) * scale);
      }
    }

    @Override
    void read(MemorySegment file, long position, int[] neurons, MemorySegment target) {
      float scale = power(file.get(INT, position));
      for (int i = 0; i < neurons.length; i++) {
        short half = file.get(HALF, position + SCALE + 2L * neurons[i]);
        target.set(NATIVE, 4L * i, Float.float16ToFloat(half) * scale);
      }
    }
  };

  private static final ValueLayout.OfFloat NATIVE = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = NATIVE.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int SCALE = 4;

  /** Within these, 2^e and 2^-e are float32 that are not subnormal. */
  private static final int LEAST_POWER = -112;

  private static final int MOST_POWER = 113;

  /** Bytes of the activations of a row. */
  abstract int bytes(int width);

  /**
   * Lays a row out.
   *
   * @param values D finite float32 in native order
   * @param row receives {@link #bytes}
   */
  abstract void write(MemorySegment values, int width, MemorySegment row);

  /**
   * Reads a row.
   *
   * @param position where it begins in the file
   * @param target receives D float32 in native order
   */
  abstract void read(MemorySegment file, long position, int width, MemorySegment target);

  /** As before, some neurons of it. */
  abstract void read(MemorySegment file, long position, int[] neurons, MemorySegment target);

  /** 2^e, exact. */
  private static float power(int exponent) {
    return Math.scalb(1f, exponent);
  }

  /** As it is written in settings: float32 or float16. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * By its {@link #text}.
   *
   * @throws IllegalArgumentException when there is no such format, naming those there are
   */
  public static MatrixEncoding of(String text) {
    return Arrays.stream(values())
        .filter(encoding -> encoding.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    text
                        + " is none of "
                        + Arrays.stream(values())
                            .map(MatrixEncoding::text)
                            .collect(Collectors.joining(", "))));
  }
}
