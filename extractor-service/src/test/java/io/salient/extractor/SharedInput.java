package io.salient.extractor;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real input beside the project: property {@code salient.shared}, else {@code ../shared}. */
public final class SharedInput {
  private SharedInput() {}

  /** A file or folder of it; skips the test, loudly, where there is none. */
  public static Path path(String relative) {
    String configured = System.getProperty("salient.shared");
    Path root = configured == null ? besideTheProject() : Path.of(configured);
    Path path = root.resolve(relative).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      System.out.println("SKIPPED: " + path + " is not there (see property salient.shared)");
      return abort(path + " is not there");
    }
    return path;
  }

  private static Path besideTheProject() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder.resolve("../shared");
  }
}
