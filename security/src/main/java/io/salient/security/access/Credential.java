package io.salient.security.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * The token that comes with a request: in the header {@code Authorization}, or, for reading alone,
 * in the cookie that the login sets, as a browser's stream of events can send no header. Never in
 * the address, which proxies log.
 */
final class Credential {
  static final String COOKIE = "salient-token";
  private static final String BEARER = "bearer ";

  private Credential() {}

  static Optional<String> of(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
          ? Optional.of(header.substring(BEARER.length()).strip())
          : Optional.empty();
    }
    return Door.isReading(request.method())
        ? Optional.ofNullable(request.getCookie(COOKIE)).map(Cookie::getValue)
        : Optional.empty();
  }

  /** The cookie of a browser session; scripts cannot read it, other sites cannot make it sent. */
  static Cookie cookie(String token, boolean encrypted) {
    return Cookie.cookie(COOKIE, token)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(encrypted)
        .setPath("/");
  }
}
