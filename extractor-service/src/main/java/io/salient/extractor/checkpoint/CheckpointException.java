package io.salient.extractor.checkpoint;

/**
 * A checkpoint that cannot be used. The message says what is wrong, in which file and field or
 * tensor, and what to change; trying again without a change would give the same.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /** Refused, with a short code such as {@code config.model-type} and a message for people. */
  public CheckpointException(String code, String message) {
    this(code, message, null);
  }

  /** The same with what led to it. */
  public CheckpointException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Short code of the reason; part of the contract of {@code ExtractionFailed.reason}. */
  public String code() {
    return code;
  }
}
