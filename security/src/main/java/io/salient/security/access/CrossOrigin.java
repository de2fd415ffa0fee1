package io.salient.security.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Lets pages of other sites read results, those that are listed (CORS). A token must come with the
 * header {@code Authorization}: that credentials of a browser are taken along is never allowed, so
 * that the cookie of the login serves no other site. All but {@code /api/} stays closed, and
 * nothing can be written.
 */
@ApplicationScoped
public class CrossOrigin {
  /** After the headers of every answer, before the gate: a preflight brings no token. */
  private static final int PRIORITY = 850;

  private static final String OPEN_PATHS = "/api/";
  private static final String METHODS = "GET, HEAD";
  private static final String ASKED_WITH = "Accept, Authorization, If-None-Match, Last-Event-ID";
  private static final String TOLD = "ETag, WWW-Authenticate";
  private static final String PREFLIGHT_SECONDS = "600";

  private final Origins origins;

  /**
   * By the settings.
   *
   * @throws IllegalArgumentException naming an origin that is none
   */
  @Inject
  public CrossOrigin(AccessSettings settings, Access access) {
    origins = Origins.of(settings.corsOrigins().orElse(List.of()), access.asks());
  }

  void register(@Observes Filters filters) {
    if (!origins.isEmpty()) {
      filters.register(this::handle, PRIORITY);
    }
  }

  private void handle(RoutingContext context) {
    if (!context.normalizedPath().startsWith(OPEN_PATHS)) {
      context.next();
      return;
    }
    MultiMap headers = context.response().headers();
    context.addHeadersEndHandler(end -> headers.add("Vary", "Origin"));
    String origin = context.request().getHeader("Origin");
    if (origin == null || !origins.allow(origin)) {
      context.next();
      return;
    }
    headers.set("Access-Control-Allow-Origin", origins.all() ? Origins.ALL : origin);
    if (isPreflight(context)) {
      headers
          .set("Access-Control-Allow-Methods", METHODS)
          .set("Access-Control-Allow-Headers", ASKED_WITH)
          .set("Access-Control-Max-Age", PREFLIGHT_SECONDS);
      context.response().setStatusCode(204).end();
    } else {
      headers.set("Access-Control-Expose-Headers", TOLD);
      context.next();
    }
  }

  private static boolean isPreflight(RoutingContext context) {
    return context.request().method().equals(HttpMethod.OPTIONS)
        && context.request().getHeader("Access-Control-Request-Method") != null;
  }
}
