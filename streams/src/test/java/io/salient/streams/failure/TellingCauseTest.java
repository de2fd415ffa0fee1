package io.salient.streams.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class TellingCauseTest {
  /** Made by a library: its stack trace does not begin in our code. */
  private static <T extends Throwable> T foreign(T failure) {
    failure.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("org.library.Client", "call", null, 1)});
    return failure;
  }

  @Test
  void shouldTellTheSentenceOfOurCodeAboveACauseOfTheLibrary() {
    // given
    Throwable disconnected = foreign(new IOException("Disconnected"));
    Throwable timeout = foreign(new RuntimeException("Timed out waiting", disconnected));
    Throwable ours =
        new IllegalStateException("Kafka at localhost:1 (setting): Timed out waiting", timeout);

    // when
    String told = TellingCause.of(foreign(new RuntimeException("Failed to start", ours)));

    // then
    assertThat(told).isEqualTo("Kafka at localhost:1 (setting): Timed out waiting");
  }

  @Test
  void shouldAddTheReasonThatOurSentenceLacks() {
    Throwable full = foreign(new FileSystemException("/small", null, "No space left on device"));

    assertThat(TellingCause.of(new UncheckedIOException("broker in /small", (IOException) full)))
        .isEqualTo("broker in /small: /small: No space left on device");
  }

  @Test
  void shouldTellTheInnermostMessageWhereNoneIsOurs() {
    Throwable inner = foreign(new RuntimeException("Port 8080 is taken\n  by another"));

    assertThat(TellingCause.of(foreign(new RuntimeException("Failed to start", inner))))
        .isEqualTo("Port 8080 is taken by another");
  }

  @Test
  void shouldNotTakeAWrapperOfOursForASentence() {
    Throwable inner = new IllegalArgumentException("the corpus is empty");

    assertThat(TellingCause.of(foreign(new ExecutionException(new RuntimeException(inner)))))
        .isEqualTo("the corpus is empty");
  }

  @Test
  void shouldNameWhatHasNoMessage() {
    assertThat(TellingCause.of(new NullPointerException()))
        .isEqualTo("java.lang.NullPointerException");
  }
}
