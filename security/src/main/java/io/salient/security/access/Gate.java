package io.salient.security.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.salient.security.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Lets a request through when its token gives what it needs. Every other is answered here: 401
 * where there is no valid token, 403 where there is one that gives less. A browser that opens the
 * page is led to the login.
 */
@ApplicationScoped
public class Gate {
  /** After the headers, before all that answers. */
  private static final int PRIORITY = 800;

  private final Access access;
  private final AccessSettings settings;
  private final MeterRegistry meters;

  /** By tokens and settings. */
  @Inject
  public Gate(Access access, AccessSettings settings, MeterRegistry meters) {
    this.access = access;
    this.settings = settings;
    this.meters = meters;
  }

  void register(@Observes Filters filters) {
    if (access.asks()) {
      filters.register(this::handle, PRIORITY);
    }
  }

  private void handle(RoutingContext context) {
    Optional<Role> role = Door.role(context, settings.openMetrics());
    if (role.isEmpty()) {
      context.next();
      return;
    }
    Optional<String> token = Credential.of(context.request());
    if (token.isEmpty()) {
      refuseUnknown(context, "missing");
      return;
    }
    access
        .grant(context.vertx(), token.get())
        .onSuccess(grant -> decide(context, role.get(), token.get(), grant))
        .onFailure(context::fail);
  }

  private void decide(RoutingContext context, Role role, String token, Optional<Grant> grant) {
    if (grant.isEmpty()) {
      refuseUnknown(context, "unknown");
    } else if (!grant.get().roles().contains(role)) {
      count("role");
      Problem.of(Refusal.NOT_ALLOWED, "The token lacks the role %s.".formatted(role.text()))
          .answer(context);
    } else if (!mayNameRuns(context, grant.get())) {
      count("run");
      Problem.of(
              Refusal.NOT_ALLOWED,
              "The token may see some runs only, and this request names another or shows all.")
          .answer(context);
    } else {
      Access.keep(context, grant.get());
      OpenStreams.watch(
          context,
          grant.get(),
          settings.recheckInterval(),
          () -> access.grant(context.vertx(), token));
      context.next();
    }
  }

  private static boolean mayNameRuns(RoutingContext context, Grant grant) {
    if (grant.runs().all()) {
      return true;
    }
    Optional<List<String>> named = NamedRuns.of(context.normalizedPath(), context.queryParams());
    return named.isPresent() && named.get().stream().allMatch(grant.runs());
  }

  private void refuseUnknown(RoutingContext context, String reason) {
    count(reason);
    if (isPage(context)) {
      context.response().setStatusCode(303).putHeader("Location", Door.LOGIN).end();
      return;
    }
    context.response().putHeader("WWW-Authenticate", "Bearer realm=\"salient\"");
    Problem.of(
            Refusal.NO_TOKEN,
            "A token is needed: the header Authorization: Bearer TOKEN, or in a browser /login.")
        .answer(context);
  }

  private static boolean isPage(RoutingContext context) {
    String path = context.normalizedPath();
    return context.request().method().equals(HttpMethod.GET)
        && (path.equals("/") || path.equals("/index.html"));
  }

  private void count(String reason) {
    meters.counter("salient.access.refused", "reason", reason).increment();
  }
}
