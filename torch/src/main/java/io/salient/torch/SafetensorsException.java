package io.salient.torch;

import java.nio.file.Path;

/**
 * Weights that cannot be used: the message says what is wrong, in which file and tensor, and what
 * to do.
 */
public final class SafetensorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The file or its header is shorter than it says. */
  public static final String TRUNCATED = "safetensors.truncated";

  /** The header is not what a header must be. */
  public static final String HEADER = "safetensors.header";

  /** Two tensors share bytes. */
  public static final String OVERLAP = "safetensors.overlap";

  /** Bytes that belong to no tensor. */
  public static final String GAP = "safetensors.gap";

  /** Offsets are negative or reversed. */
  public static final String OFFSETS = "safetensors.offsets";

  /** An element type that is not known, or cannot be loaded as float32. */
  public static final String DTYPE = "safetensors.dtype";

  /** Shape and number of bytes do not agree. */
  public static final String SHAPE = "safetensors.shape";

  /** A name stands twice. */
  public static final String DUPLICATE = "safetensors.duplicate";

  /** There is no tensor of that name. */
  public static final String TENSOR_MISSING = "safetensors.tensor-missing";

  /** The index of the shards is not what it must be. */
  public static final String INDEX = "safetensors.index";

  /** The index names a file that is not there. */
  public static final String SHARD_MISSING = "safetensors.shard-missing";

  /** A weight file lies outside the checkpoint folder, or leads there. */
  public static final String SHARD_OUTSIDE = "safetensors.shard-outside";

  /** The file cannot be read. */
  public static final String UNREADABLE = "safetensors.unreadable";

  /** The folder holds no weights. */
  public static final String NO_WEIGHTS = "checkpoint.no-weights";

  /** The folder holds weights as pickle only. */
  public static final String PICKLE = "checkpoint.pickle";

  private final String code;

  SafetensorsException(String code, Path where, String what) {
    this(code, where, what, null);
  }

  SafetensorsException(String code, Path where, String what, Throwable cause) {
    super(where + ": " + what, cause);
    this.code = code;
  }

  /** Short code of the reason, one of the constants. */
  public String code() {
    return code;
  }
}
