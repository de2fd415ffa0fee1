package io.salient.ranking.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Problems as {@code application/problem+json} (RFC 9457). */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {
  /** The media type. */
  public static final String PROBLEM_JSON = "application/problem+json";

  /**
   * The body.
   *
   * @param type always about:blank: the title says it all
   * @param code of docs/errors.md, for programs
   * @param title what is wrong in general
   * @param status HTTP status
   * @param detail what is wrong here, and what to do
   */
  public record Problem(String type, String code, String title, int status, String detail) {}

  @Override
  public Response toResponse(ProblemException problem) {
    return Response.status(problem.status())
        .type(PROBLEM_JSON)
        .entity(
            new Problem(
                "about:blank",
                problem.code().text(),
                problem.title(),
                problem.status(),
                problem.getMessage()))
        .build();
  }
}
