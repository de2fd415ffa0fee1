package io.salient.streams.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this code, as the build names it. */
public final class SalientVersion {
  private static final String TEXT = read();

  private SalientVersion() {}

  /** Such as 0.1.0. */
  public static String text() {
    return TEXT;
  }

  private static String read() {
    try (InputStream in = SalientVersion.class.getResourceAsStream("version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
