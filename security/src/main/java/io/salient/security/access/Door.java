package io.salient.security.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Which role a request needs. Decided by what it does, not by where it goes: reading needs one role
 * and all else the other, also at an address that is yet to be written.
 */
final class Door {
  static final String LOGIN = "/login";
  static final String STYLE = "/login.css";
  private static final String ICON = "/icon.svg";

  private Door() {}

  /** Empty where nobody is asked. */
  static Optional<Role> role(RoutingContext context, boolean openMetrics) {
    return role(context.request().method(), context.normalizedPath(), openMetrics);
  }

  static Optional<Role> role(HttpMethod method, String path, boolean openMetrics) {
    if (isOpen(path, openMetrics)) {
      return Optional.empty();
    }
    return Optional.of(isReading(method) ? Role.VIEW : Role.ANNOUNCE);
  }

  static boolean isReading(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static boolean isOpen(String path, boolean openMetrics) {
    return path.equals("/q/health")
        || path.startsWith("/q/health/")
        || path.equals(LOGIN)
        || path.equals(STYLE)
        || path.equals(ICON)
        || (openMetrics && (path.equals("/q/metrics") || path.startsWith("/q/metrics/")));
  }
}
