package io.salient.ranking.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class DepartedListenersTest {
  private final DepartedListeners filter = new DepartedListeners();

  @Test
  void shouldKeepOutThatAListenerLeft() {
    for (Throwable failure :
        List.of(
            new IOException("Broken pipe"),
            new SocketException("Connection reset"),
            new ClosedChannelException(),
            new IllegalStateException(new ClosedChannelException()),
            Http2Exception.streamError(1, Http2Error.STREAM_CLOSED, "Stream closed"),
            new IllegalArgumentException("Stream no longer exists: 1"))) {
      assertThat(filter.isLoggable(failed(failure))).as("%s", failure).isFalse();
    }
  }

  @Test
  void shouldLetThroughAllThatWentWrongOnOurSide() {
    for (Throwable failure :
        List.of(
            new IllegalStateException("no result: RunStatus"),
            new IllegalArgumentException("neuron 12 of 12"),
            new IllegalArgumentException(),
            new FileNotFoundException("rankings"),
            JsonMappingException.fromUnexpectedIOE(new IOException("a value that is none")))) {
      assertThat(filter.isLoggable(failed(failure))).as("%s", failure).isTrue();
    }
    assertThat(filter.isLoggable(new LogRecord(Level.SEVERE, "without an exception"))).isTrue();
  }

  private static LogRecord failed(Throwable failure) {
    LogRecord entry = new LogRecord(Level.SEVERE, "Exception in SSE server handling");
    entry.setThrown(failure);
    return entry;
  }
}
