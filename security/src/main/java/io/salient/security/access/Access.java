package io.salient.security.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Predicate;

/** Which runs the one who asks may see or announce, and what a token gives. */
@ApplicationScoped
public class Access {
  private static final String GRANT = "salient.grant";

  private final SharedTokens shared;
  private final Optional<IssuedTokens> issued;
  private final CurrentVertxRequest current;

  /**
   * By the settings.
   *
   * @throws IllegalArgumentException naming the one that is wrong
   */
  @Inject
  public Access(AccessSettings settings, CurrentVertxRequest current) {
    this.shared = new SharedTokens(settings);
    this.issued = IssuedTokens.of(settings.jwt());
    this.current = current;
  }

  /**
   * The runs that the current request may see or announce; every one where nobody is asked. Its
   * text is another where the runs are others.
   */
  public Predicate<String> runs() {
    Grant grant = current.getCurrent().get(GRANT);
    return grant == null ? RunPatterns.ALL : grant.runs();
  }

  /** False as long as nobody is asked who they are. */
  boolean asks() {
    return !shared.isEmpty() || issued.isPresent();
  }

  /** What a token gives; that of an issuer is looked at on another thread. */
  Future<Optional<Grant>> grant(Vertx vertx, String token) {
    Optional<Grant> known = shared.grant(token);
    if (known.isPresent() || issued.isEmpty() || !IssuedTokens.looksLikeOne(token)) {
      return Future.succeededFuture(known);
    }
    return vertx.executeBlocking(() -> issued.get().grant(token), false);
  }

  static void keep(RoutingContext request, Grant grant) {
    request.put(GRANT, grant);
  }
}
