package io.salient.security.access;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers that go on for hours outlive tokens: theirs are looked at again and again, and one whose
 * token gives no longer what it gave is broken off.
 */
final class OpenStreams {
  private static final String STREAMS = "/api/stream";

  private OpenStreams() {}

  /**
   * Watches a request that was let in, where its answer is such a stream.
   *
   * @param now asks for what the token gives now
   */
  static void watch(
      RoutingContext context, Grant given, Duration every, Supplier<Future<Optional<Grant>>> now) {
    if (!context.normalizedPath().startsWith(STREAMS)) {
      return;
    }
    long timer =
        context
            .vertx()
            .setPeriodic(
                every.toMillis(), id -> now.get().onSuccess(grant -> look(context, given, grant)));
    context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
  }

  private static void look(RoutingContext context, Grant given, Optional<Grant> now) {
    if (!now.equals(Optional.of(given)) && !context.response().ended()) {
      context.response().reset();
    }
  }
}
