package io.salient.standalone;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One of the three services as a process of its own, on loopback. Used by one thread. */
final class ServiceProcess {
  private static final String HOST = "127.0.0.1";
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  private final String name;
  private final int port;
  private final List<String> command;
  private Process process;
  private boolean ready;

  /**
   * A service that does not run yet.
   *
   * @param name extractor, probe or ranking
   * @param home folder of the project, where the services were built
   * @param work folder for what the process keeps for as long as it runs
   * @throws IllegalStateException when the service was not built
   */
  ServiceProcess(String name, Path home, Path work, int port, Settings settings) {
    this.name = name;
    this.port = port;
    Path application = home.resolve(name + "-service/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(application)) {
      throw new IllegalStateException(application + " is not there: build it by ./salient");
    }
    command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"));
    Map<String, String> values = new TreeMap<>(given());
    values.putAll(settings.literal());
    values.keySet().removeIf(key -> !concerns(key));
    values.put(Setting.PAGE_HOST.key(), HOST);
    values.put(Setting.PAGE_PORT.key(), Integer.toString(port));
    values.put("vertx.cacheDirBase", work.resolve("vertx-" + name).toString());
    values.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", application.toString()));
  }

  /** What this process was given by system properties. */
  private static Map<String, String> given() {
    Map<String, String> given = new TreeMap<>();
    for (String key : System.getProperties().stringPropertyNames()) {
      given.put(key, System.getProperty(key));
    }
    return given;
  }

  private boolean concerns(String key) {
    return key.startsWith("salient." + name + ".")
        || key.startsWith("salient.kafka.")
        || key.startsWith("salient.topics.")
        || key.startsWith("salient.access.")
        || key.startsWith("salient.schema-registry.");
  }

  String name() {
    return name;
  }

  String address() {
    return "http://" + HOST + ":" + port;
  }

  void start() throws IOException {
    ready = false;
    process = new ProcessBuilder(command).inheritIO().start();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Exit code of one that is not alive. */
  int exitCode() {
    return process.exitValue();
  }

  /** True once it said, since its last start, that it is ready. */
  boolean wasReady() {
    return ready;
  }

  /** Asks it, unless it said so before. */
  boolean becameReady() throws InterruptedException {
    if (!ready) {
      ready = answersReady();
      return ready;
    }
    return false;
  }

  private boolean answersReady() throws InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(address() + "/q/health/ready")).timeout(ANSWER).build();
    try {
      return HTTP.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  /** Asks it to end. */
  void terminate() {
    if (process != null) {
      process.destroy();
    }
  }

  /** Waits for its end; one that takes longer is ended the hard way. */
  void awaitEnd(Duration patience) {
    try {
      if (process != null && !process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
