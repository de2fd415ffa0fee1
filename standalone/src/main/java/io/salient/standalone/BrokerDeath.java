package io.salient.standalone;

import java.io.File;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;

/**
 * What the embedded broker does when it cannot go on, such as on a full disk: it ends the process.
 * Here that comes with one sentence and without anything left behind.
 */
final class BrokerDeath {
  /** A disk with less than this is taken as full. */
  private static final long FULL_BYTES = 4L << 20;

  private BrokerDeath() {}

  /** From now on the end of the broker on a folder is told. */
  static void tell(Path folder) {
    Exit.Procedure end = (status, message) -> end(folder);
    Exit.setExitProcedure(end);
    Exit.setHaltProcedure(end);
  }

  private static void end(Path folder) {
    System.err.println("\nsalient: " + sentence(folder, freeBytes(folder)));
    LastStop.deleteFolders();
    Runtime.getRuntime().halt(1);
  }

  static String sentence(Path folder, long freeBytes) {
    return freeBytes < FULL_BYTES
        ? "no space left on " + folder + WorkFolder.wayOut()
        : "the embedded broker cannot go on with its data in "
            + folder
            + ": is the disk full or the folder gone?";
  }

  /** Of the nearest folder that is there; the temporary one may be gone itself. */
  private static long freeBytes(Path folder) {
    File place = folder.toFile();
    while (!place.exists() && place.getParentFile() != null) {
      place = place.getParentFile();
    }
    return place.getUsableSpace();
  }
}
