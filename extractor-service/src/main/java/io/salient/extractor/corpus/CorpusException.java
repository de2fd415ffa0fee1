package io.salient.extractor.corpus;

/**
 * A corpus that cannot be used. The message says what is wrong, in which file and line, and what to
 * change.
 */
public final class CorpusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A problem.
   *
   * @param code short code, such as corpus.columns
   */
  public CorpusException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The short code of the problem. */
  public String code() {
    return code;
  }
}
