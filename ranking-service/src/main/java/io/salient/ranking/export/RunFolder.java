package io.salient.ranking.export;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Folders by the names of runs, which may hold what no folder's name should. */
final class RunFolder {
  private RunFolder() {}

  /** Inside the parent, whatever the run is called. */
  static Path in(Path parent, String run) {
    String name = URLEncoder.encode(run, StandardCharsets.UTF_8);
    return parent.resolve(name.startsWith(".") ? "_" + name : name);
  }
}
