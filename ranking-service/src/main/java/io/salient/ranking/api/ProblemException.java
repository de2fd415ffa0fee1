package io.salient.ranking.api;

/** A request that cannot be answered, told as problem+json (RFC 9457). */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  /**
   * A problem.
   *
   * @param code what is wrong in general
   * @param detail what is wrong here, and what to do
   */
  ProblemException(ProblemCode code, String detail) {
    super(detail);
    this.code = code;
  }

  /** What is wrong in general. */
  ProblemCode code() {
    return code;
  }

  /** HTTP status. */
  public int status() {
    return code.status();
  }

  /** What is wrong in general, a few words. */
  public String title() {
    return code.title();
  }
}
