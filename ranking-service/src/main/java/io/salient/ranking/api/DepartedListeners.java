package io.salient.ranking.api;

import io.netty.handler.codec.http2.Http2Exception;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps out of the log that a listener of the stream left, as every closed page does. Whether one
 * is still there shows only when an event is written to it; where that fails, the framework ends
 * the subscription, as it should, and logs an error with its stack, whatever the failure was. All
 * other failures of the stream are still logged.
 */
@ApplicationScoped
public class DepartedListeners implements Filter {
  /** Kept, as a log manager may drop a logger that nobody holds, and its filter with it. */
  private static final Logger EVENTS =
      Logger.getLogger("org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler");

  void onStart(@Observes StartupEvent event) {
    EVENTS.setFilter(this);
  }

  @Override
  public boolean isLoggable(LogRecord entry) {
    for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
      if (isDeparture(cause)) {
        return false;
      }
    }
    return true;
  }

  /** Of IOException only the plain one, which a socket throws: what Jackson throws is another. */
  private static boolean isDeparture(Throwable failure) {
    return switch (failure) {
      case ClosedChannelException closed -> true;
      case SocketException reset -> true;
      case HttpClosedException closed -> true;
      case StreamResetException reset -> true;
      case Http2Exception.StreamException closed -> true;
      case IOException plain -> plain.getClass() == IOException.class;
      case IllegalArgumentException gone -> // of an HTTP/2 stream that an event came too late for
          String.valueOf(gone.getMessage()).startsWith("Stream no longer exists");
      default -> false;
    };
  }
}
