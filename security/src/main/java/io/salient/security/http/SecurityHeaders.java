package io.salient.security.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Headers of every answer, whoever gives it: page, REST, stream, health, errors. Those for CORS are
 * no part of them: no other site may read answers unless it is listed.
 */
@ApplicationScoped
public class SecurityHeaders {
  /** Before all that answers. */
  static final int PRIORITY = 900;

  /** The page needs no more than its own scripts, styles and answers; nothing is inline. */
  static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  void register(@Observes Filters filters) {
    filters.register(SecurityHeaders::add, PRIORITY);
  }

  private static void add(RoutingContext request) {
    MultiMap headers = request.response().headers();
    ALWAYS.forEach(headers::set);
    request.addHeadersEndHandler(
        end -> {
          if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store"); // where whoever answers does not say more
          }
        });
    request.next();
  }
}
