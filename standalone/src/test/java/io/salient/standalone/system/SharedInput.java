package io.salient.standalone.system;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real input that lies beside the project and is not part of it. Tests that need it are skipped,
 * loudly, where it is absent.
 */
final class SharedInput {
  private static final Path FOLDER =
      Path.of(System.getProperty("salient.shared", projectRoot().resolve("../shared").toString()))
          .normalize();

  private SharedInput() {}

  /** A file or folder of it, by its path inside. */
  static Path require(String name) {
    Path path = FOLDER.resolve(name);
    if (!Files.exists(path)) {
      sayLoudly(path + " is absent: a test that needs it is SKIPPED");
    }
    Assumptions.assumeTrue(Files.exists(path), () -> path + " is absent");
    return path;
  }

  static void sayLoudly(String line) {
    System.err.println("!!! " + line);
  }

  /** The folder that holds the launcher. */
  static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("salient"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("").toAbsolutePath() : folder;
  }
}
