package io.salient.security.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * A refusal as {@code application/problem+json} (RFC 9457), whoever gives it.
 *
 * @param type always about:blank: the title says it all
 * @param code of docs/errors.md, for programs
 * @param title what is wrong in general
 * @param status HTTP status
 * @param detail what is wrong here, and what to do
 */
public record Problem(String type, String code, String title, int status, String detail) {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * A problem of a kind.
   *
   * @param detail what is wrong here, and what to do
   */
  public static Problem of(ProblemKind kind, String detail) {
    return new Problem("about:blank", kind.code(), kind.title(), kind.status(), detail);
  }

  /** Ends a request by it, before any resource is asked. */
  public void answer(RoutingContext request) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", MEDIA_TYPE)
        .end(
            JsonObject.of("type", type)
                .put("code", code)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .encode());
  }
}
