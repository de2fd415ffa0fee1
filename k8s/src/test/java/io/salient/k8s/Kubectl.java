package io.salient.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Programs that the checks use where they are installed. */
final class Kubectl {
  private static final Map<Path, List<Map<String, Object>>> RENDERED = new ConcurrentHashMap<>();

  private Kubectl() {}

  /**
   * What a program printed.
   *
   * @param exit its exit code
   * @param output both streams
   */
  record Ended(int exit, String output) {}

  static boolean isThere() {
    return installed("kubectl", "version", "--client");
  }

  /** True when a program can be run. */
  static boolean installed(String... command) {
    try {
      return run(command).exit() == 0;
    } catch (UncheckedIOException e) {
      return false; // it is not installed
    }
  }

  /** Renders once; kustomize without a network has nothing to fetch. */
  static List<Map<String, Object>> kustomize(Path folder) {
    return RENDERED.computeIfAbsent(
        folder,
        unseen -> {
          Ended ended = run("kubectl", "kustomize", folder.toString());
          if (ended.exit() != 0) {
            throw new AssertionError("kubectl kustomize " + folder + ": " + ended.output());
          }
          return Tree.parse(ended.output());
        });
  }

  static Ended run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
