package io.salient.torch;

/**
 * A TorchScript program that LibTorch does not accept, or that failed while running. The message
 * names the program (and method) and holds the first lines of LibTorch's own message, the source
 * line included.
 */
public final class TorchProgramException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TorchProgramException(String message, Throwable cause) {
    super(message, cause);
  }
}
