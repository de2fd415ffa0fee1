package io.salient.ranking.topology;

import io.salient.schemas.DeadLetterReason;

/** A record that was read, but holds what it must not: a data error, for the dead-letter topic. */
final class InvalidProbeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  InvalidProbeException(DeadLetterReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  DeadLetterReason reason() {
    return reason;
  }
}
