package io.salient.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged application as a process of its own, which can be killed the hard way. */
final class SalientProcess implements AutoCloseable {
  private static final String APPLICATION = "standalone/target/quarkus-app/quarkus-run.jar";

  private final Process process;
  private final Path output;
  private final Path errors;

  private SalientProcess(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /**
   * Starts {@code ./salient arguments...} without the launcher's build.
   *
   * @param settings configuration as system properties
   */
  static SalientProcess start(Path folder, Map<String, String> settings, String... arguments) {
    return start(SharedInput.projectRoot(), folder, settings, arguments);
  }

  /** The same of a project somewhere else, such as an older version. */
  static SalientProcess start(
      Path project, Path folder, Map<String, String> settings, String... arguments) {
    return start(project, APPLICATION, folder, settings, arguments);
  }

  /**
   * A service as a process of its own, as in a cluster.
   *
   * @param name extractor, probe or ranking
   */
  static SalientProcess service(String name, Path folder, Map<String, String> settings) {
    return start(
        SharedInput.projectRoot(),
        name + "-service/target/quarkus-app/quarkus-run.jar",
        folder,
        settings);
  }

  private static SalientProcess start(
      Path project,
      String application,
      Path folder,
      Map<String, String> settings,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dai.djl.offline=true",
            "-Dsalient.home=" + project,
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
    new TreeMap<>(settings).forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", project.resolve(application).toString()));
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(folder);
      Path output = Files.createTempFile(folder, "out-", ".txt");
      Path errors = Files.createTempFile(folder, "err-", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
      return new SalientProcess(builder.start(), output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kill -9: no shutdown hook, no commit, no goodbye. */
  void killHard() {
    process.destroyForcibly().onExit().join();
  }

  /** As Ctrl-C and TERM do: asks it to end. */
  void terminate() {
    process.destroy();
  }

  /** Looks again and again until a condition holds, while the process lives. */
  void until(BooleanSupplier condition, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new AssertionError("it did not come to that, standard error so far:\n" + errors());
      }
    }
  }

  /** Waits for the end and returns the exit code. */
  int exitCode(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "still running after " + patience + ", standard error so far:\n" + errors());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Processes that it started. */
  List<ProcessHandle> children() {
    return process.children().toList();
  }

  String output() {
    return text(output);
  }

  String errors() {
    return text(errors);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = children();
    if (process.isAlive()) {
      killHard();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
