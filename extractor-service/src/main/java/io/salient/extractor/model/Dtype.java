package io.salient.extractor.model;

/**
 * In which numbers a model's linear layers are computed. Everything between them, and what comes
 * out, is float32.
 */
public enum Dtype {
  /** IEEE 754 binary32. */
  FLOAT32,
  /** The upper half of binary32, products summed in float32: half the memory. */
  BFLOAT16
}
