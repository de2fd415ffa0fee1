package io.salient.ranking.api;

/** A request that cannot be answered, told as problem+json (RFC 9457). */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;

  /**
   * A problem.
   *
   * @param status HTTP status
   * @param title what is wrong in general, a few words
   * @param detail what is wrong here, and what to do
   */
  public ProblemException(int status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** What is wrong in general. */
  public String title() {
    return title;
  }
}
