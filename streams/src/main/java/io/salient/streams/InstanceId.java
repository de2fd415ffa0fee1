package io.salient.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name under which an instance is a member of its consumer group. It lives beside the state
 * stores, so that an instance that comes back to its state, after a crash too, is the same member
 * and goes on at once: a stranger would wait until the session of the one that died has run out.
 */
final class InstanceId {
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9-]{1,100}");

  private InstanceId() {}

  /**
   * The name kept in the folder; a new one is made when there is none, or when it is torn.
   *
   * @param stateDirKey the setting that moves the folder
   */
  static String of(Path stateDir, String applicationId, String stateDirKey) {
    Path file = stateDir.resolve(applicationId + ".instance-id");
    try {
      if (Files.exists(file)) {
        String kept = Files.readString(file).strip();
        if (VALID.matcher(kept).matches()) {
          return kept;
        }
      }
      Files.createDirectories(stateDir);
      String made = UUID.randomUUID().toString();
      Files.writeString(file, made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot keep the instance's name in " + file + " (" + stateDirKey + ")", e);
    }
  }
}
