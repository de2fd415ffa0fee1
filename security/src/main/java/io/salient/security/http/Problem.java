package io.salient.security.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers with a problem (RFC 9457) before any resource is asked. */
public final class Problem {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  /**
   * Ends a request.
   *
   * @param status HTTP status
   * @param code of docs/errors.md, for programs
   * @param title what is wrong in general, a few words
   * @param detail what is wrong here, and what to do
   */
  public static void answer(
      RoutingContext request, int status, String code, String title, String detail) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", MEDIA_TYPE)
        .end(
            JsonObject.of("type", "about:blank")
                .put("code", code)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .encode());
  }
}
