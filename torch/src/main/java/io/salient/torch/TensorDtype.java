package io.salient.torch;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Element types of a safetensors file, by the names that stand in its header. Types narrower than a
 * byte (F4, F6) are not known here.
 */
public enum TensorDtype {
  /** IEEE 754 binary64; rounded to nearest when loaded as float32. */
  F64(8, DataType.FLOAT64),
  /** IEEE 754 binary32. */
  F32(4, DataType.FLOAT32),
  /** IEEE 754 binary16; exact as float32. */
  F16(2, DataType.FLOAT16),
  /**
   * The upper half of binary32; exact as float32. DJL must never see LibTorch's bfloat16: the bytes
   * cross as float16 and are reinterpreted inside a program.
   */
  BF16(2, DataType.FLOAT16),
  /** 64-bit signed integer, such as position ids. */
  I64(8, null),
  /** 64-bit unsigned integer. */
  U64(8, null),
  /** 32-bit signed integer. */
  I32(4, null),
  /** 32-bit unsigned integer. */
  U32(4, null),
  /** 16-bit signed integer. */
  I16(2, null),
  /** 16-bit unsigned integer. */
  U16(2, null),
  /** 8-bit signed integer. */
  I8(1, null),
  /** 8-bit unsigned integer. */
  U8(1, null),
  /** One byte, 0 or 1. */
  BOOL(1, null),
  /** Two float32. */
  C64(8, null),
  /** 8-bit float of quantised models. */
  F8_E4M3(1, null),
  /** 8-bit float of quantised models. */
  F8_E5M2(1, null),
  /** 8-bit scale of quantised models. */
  F8_E8M0(1, null);

  private final int bytes;
  private final DataType carrier;

  TensorDtype(int bytes, DataType carrier) {
    this.bytes = bytes;
    this.carrier = carrier;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** True when tensors of this type can be loaded as float32. */
  public boolean supported() {
    return carrier != null;
  }

  /** The type under which the bytes cross into DJL. */
  DataType carrier() {
    return carrier;
  }

  /** The type of that name, empty when there is none. */
  static Optional<TensorDtype> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Names of the types that can be loaded as float32. */
  static String supportedNames() {
    return Arrays.stream(values())
        .filter(TensorDtype::supported)
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }
}
