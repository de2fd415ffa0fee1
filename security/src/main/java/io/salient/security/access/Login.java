package io.salient.security.access;

import io.salient.security.http.Problem;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * How a browser shows its token: a form, which sets a cookie. Only where there is a page, and as
 * long as tokens are asked for.
 */
@ApplicationScoped
public class Login {
  private static final String PAGE = "META-INF/resources/index.html";
  private static final int MOST_BYTES = 16 << 10;

  /** What a browser keeps of a cookie. */
  private static final int MOST_LETTERS = 4_000;

  private final Access access;

  /** Asks for tokens that are known. */
  @Inject
  public Login(Access access) {
    this.access = access;
  }

  void register(@Observes Router router) {
    if (!access.asks() || LoginForm.resource(PAGE).isEmpty()) {
      return;
    }
    router.get(Door.LOGIN).handler(context -> show(context, 200, ""));
    router.get(Door.STYLE).handler(Login::style);
    router
        .post(Door.LOGIN)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
        .handler(this::enter);
  }

  private void enter(RoutingContext context) {
    String site = context.request().getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) { // the cookie is for those who came by it
      Problem.of(Refusal.NOT_ALLOWED, "Log in by this service's own page.").answer(context);
      return;
    }
    if ("out".equals(context.request().getFormAttribute("sign"))) {
      leave(context);
      return;
    }
    String given = Optional.ofNullable(context.request().getFormAttribute("token")).orElse("");
    String token = given.strip();
    access
        .grant(context.vertx(), token)
        .onSuccess(grant -> decide(context, token, grant))
        .onFailure(context::fail);
  }

  private static void decide(RoutingContext context, String token, Optional<Grant> grant) {
    if (grant.isEmpty()) {
      show(context, 401, "This token is not known, or no longer.");
    } else if (!grant.get().roles().contains(Role.VIEW)) {
      show(context, 403, "This token may not see results.");
    } else if (token.length() > MOST_LETTERS) {
      show(context, 400, "This token is too long for a browser's cookie.");
    } else {
      context
          .response()
          .addCookie(Credential.cookie(token, context.request().isSSL() || byProxy(context)));
      lead(context, "/");
    }
  }

  /** True where a proxy says that the browser speaks to it by TLS. */
  private static boolean byProxy(RoutingContext context) {
    return "https".equals(context.request().getHeader("X-Forwarded-Proto"));
  }

  private static void leave(RoutingContext context) {
    context.response().addCookie(Credential.cookie("", context.request().isSSL()).setMaxAge(0));
    context.response().putHeader("Clear-Site-Data", "\"cache\""); // answers that the browser kept
    lead(context, Door.LOGIN);
  }

  private static void lead(RoutingContext context, String where) {
    context.response().setStatusCode(303).putHeader("Location", where).end();
  }

  private static void show(RoutingContext context, int status, String message) {
    HttpServerResponse response = context.response().setStatusCode(status);
    response.putHeader("Content-Type", "text/html;charset=UTF-8").end(LoginForm.html(message));
  }

  private static void style(RoutingContext context) {
    context.response().putHeader("Content-Type", "text/css").end(LoginForm.style());
  }
}
