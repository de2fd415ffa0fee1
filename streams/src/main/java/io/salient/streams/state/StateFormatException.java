package io.salient.streams.state;

/** State that a newer version of Salient wrote, and that this one must not touch. */
public final class StateFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * State whose writer is known.
   *
   * @param format of the state, such as {@code progress.2}
   * @param where the store or file it is in
   * @param writer version of Salient that wrote it; empty when that is not known
   */
  public StateFormatException(String format, String where, String writer) {
    super(
        "state format %s of %s, needs %s (this is %s); nothing was changed: start that version"
            .formatted(
                format,
                where,
                writer.isEmpty()
                    ? "a newer version of Salient"
                    : "version " + writer + " or newer of Salient",
                SalientVersion.text()));
  }
}
