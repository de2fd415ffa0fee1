package io.salient.schemas;

/**
 * Why a record went to the dead-letter topic. The code is part of the contract, the constant's name
 * is not.
 */
public enum DeadLetterReason {
  /**
   * Bytes that are not a record of ours: wrong magic, unknown fingerprint, truncated, trailing
   * bytes.
   */
  UNDECODABLE("record.undecodable"),
  /** A record of ours on a topic where it does not belong. */
  UNEXPECTED_TYPE("record.unexpected-type"),
  /** No key: the partition of a run cannot be told. */
  NULL_KEY("record.null-key"),
  /** No value. */
  NULL_VALUE("record.null-value"),
  /** A field holds what it must not, such as a negative row or a name that is not allowed. */
  INVALID_FIELD("record.invalid-field"),
  /** A block or probe of a checkpoint whose opening record was never seen. */
  UNKNOWN_CHECKPOINT("checkpoint.unknown"),
  /** The number of values is not rows x layers x hidden size. */
  WRONG_WIDTH("block.wrong-width"),
  /** NaN or infinity among the values. */
  NON_FINITE("block.non-finite"),
  /** Labels that do not match the rows or the concepts. */
  WRONG_LABELS("block.wrong-labels"),
  /** A sentence whose labels do not match its words, or that the tokenizer cannot read. */
  BAD_SENTENCE("corpus.bad-sentence"),
  /** A checkpoint that cannot be extracted. */
  BAD_CHECKPOINT("checkpoint.bad"),
  /** A record that is larger than the broker takes. */
  TOO_LARGE("record.too-large");

  private final String code;

  DeadLetterReason(String code) {
    this.code = code;
  }

  /** The code in the {@code salient.reason} header. */
  public String code() {
    return code;
  }
}
