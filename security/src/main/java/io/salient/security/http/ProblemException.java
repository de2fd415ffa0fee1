package io.salient.security.http;

/** A request that cannot be answered; {@link ProblemMapper} tells why. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * A problem.
   *
   * @param kind what is wrong in general
   * @param detail what is wrong here, and what to do
   */
  public ProblemException(ProblemKind kind, String detail) {
    super(detail);
    this.problem = Problem.of(kind, detail);
  }

  /** What is told. */
  public Problem problem() {
    return problem;
  }
}
