package io.salient.schemas;

/**
 * Bytes that are not one of the expected records. The message says in which way; it holds none of
 * the bytes.
 */
public final class UndecodableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  UndecodableRecordException(DeadLetterReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** {@link DeadLetterReason#UNDECODABLE} or {@link DeadLetterReason#UNEXPECTED_TYPE}. */
  public DeadLetterReason reason() {
    return reason;
  }
}
