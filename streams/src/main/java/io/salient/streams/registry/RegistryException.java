package io.salient.streams.registry;

/** The registry did not answer, or not as it should: it may do so later. */
final class RegistryException extends Exception {
  private static final long serialVersionUID = 1L;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
