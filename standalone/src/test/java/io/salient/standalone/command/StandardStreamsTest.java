package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardStreamsTest {
  @Test
  void shouldKeepTheLettersOfLabels() {
    // given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardStreams streams = StandardStreams.of(bytes);

    // when
    streams.out().print("é 名詞 🙂");

    // then
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("é 名詞 🙂");
    assertThat(Salient.withOutput(0, streams)).isZero();
    assertThat(Salient.withOutput(2, streams)).isEqualTo(2);
  }

  /** A print stream keeps silent about a full disk and a closed pipe. */
  @Test
  void shouldFailWhereOutputIsLost() {
    // given
    StandardStreams streams =
        StandardStreams.of(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                throw new IOException("No space left on device");
              }
            });

    // when
    streams.out().println("a result");

    // then
    assertThat(streams.lost()).contains("No space left on device");
    assertThat(Salient.withOutput(0, streams)).isEqualTo(1);
    assertThat(Salient.withOutput(2, streams)).isEqualTo(2);
  }
}
