package io.salient.security.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The form of the login: one file, in which the message has a place. */
final class LoginForm {
  private static final String HTML = "io/salient/security/login.html";
  private static final String CSS = "io/salient/security/login.css";
  private static final String PLACE = "MESSAGE";

  private LoginForm() {}

  /** The form with a sentence of ours, never with what was given. */
  static String html(String message) {
    return resource(HTML).orElseThrow().replace(PLACE, message);
  }

  static String style() {
    return resource(CSS).orElseThrow();
  }

  static Optional<String> resource(String name) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    try (InputStream file = classes.getResourceAsStream(name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
