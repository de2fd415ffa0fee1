package io.salient.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** {@code docker compose} on the project's file, with a name, ports and volumes of its own. */
final class ComposeProject implements AutoCloseable {
  private static final String NAME = "salient-it";
  private static final long PATIENCE_MINUTES = 10;

  private final Path override;
  private final Map<String, String> environment;

  private ComposeProject(Path override, Map<String, String> environment) {
    this.override = override;
    this.environment = environment;
  }

  /**
   * Nothing runs yet; skipped, loudly, where no engine answers or Compose is not there.
   *
   * @param environment what a person would set, such as {@code RUNS}
   * @param override further Compose settings
   */
  static ComposeProject of(Path folder, Map<String, String> environment, String override) {
    requireEngine();
    try {
      Path file = Files.writeString(folder.resolve("override.yml"), override);
      Map<String, String> all = new TreeMap<>(environment);
      all.put("COMPOSE_PARALLEL_LIMIT", "1"); // side by side, builds share no layers
      for (String port : List.of("PAGE_PORT", "EXTRACTOR_PORT", "KAFKA_PORT")) {
        all.put(port, Integer.toString(freePort()));
      }
      return new ComposeProject(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireEngine() {
    boolean there =
        succeeds(List.of("docker", "version")) && succeeds(List.of("docker", "compose", "version"));
    if (!there) {
      SharedInput.sayLoudly(
          "no container engine with Docker Compose answers: the test of docker-compose.yml is"
              + " SKIPPED");
    }
    Assumptions.assumeTrue(there, "no container engine with Docker Compose");
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no docker
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** {@code docker compose arguments...}; what it printed. */
  String compose(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "docker",
                "compose",
                "--project-name",
                NAME,
                "--file",
                SharedInput.projectRoot().resolve("docker-compose.yml").toString(),
                "--file",
                override.toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Until every service is healthy; otherwise what they said is in the error. */
  void up() {
    try {
      compose("up", "--wait");
    } catch (AssertionError e) {
      throw new AssertionError(compose("logs", "--no-color", "--tail", "20"), e);
    }
  }

  /** A property of a service's container, as {@code docker inspect --format} gives it. */
  String inspect(String service, String format) {
    String id = compose("ps", "--all", "--quiet", service).strip();
    return run(List.of("docker", "inspect", "--format", format, id)).strip();
  }

  /** kill -9 from outside, as if it had crashed: the engine does not know who did it. */
  void killHard(String service) {
    run(List.of("kill", "-9", inspect(service, "{{.State.Pid}}")));
  }

  String bootstrapServers() {
    return "127.0.0.1:" + environment.get("KAFKA_PORT");
  }

  String page() {
    return "http://127.0.0.1:" + environment.get("PAGE_PORT");
  }

  private String run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Containers, volumes and network go. */
  @Override
  public void close() {
    compose("down", "--volumes");
  }
}
