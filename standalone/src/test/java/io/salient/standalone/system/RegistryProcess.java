package io.salient.standalone.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Apicurio's registry as a process of its own, on loopback, with its schemas in memory. */
final class RegistryProcess implements AutoCloseable {
  private static final Path APPLICATION =
      SharedInput.projectRoot().resolve("standalone/target/registry/quarkus-run.jar");
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Path folder;
  private Process process;

  /** A port that nothing listens on yet. */
  RegistryProcess(Path folder) {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it answers Confluent's API once it runs. */
  String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  void start() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dapicurio.storage.kind=sql",
            "-Dapicurio.storage.sql.kind=h2",
            "-Dapicurio.datasource.url=jdbc:h2:mem:registry",
            "-jar",
            APPLICATION.toString());
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("registry.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks until so many subjects are there. */
  void awaitSubjects(int count, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (subjects() < count) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new AssertionError("of " + count + " subjects there are " + subjects());
      }
    }
  }

  private int subjects() throws InterruptedException {
    try {
      return get("/subjects").size();
    } catch (IOException e) {
      return -1; // it does not listen yet
    }
  }

  /** What it answers. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString());
    if (response.statusCode() != OK) {
      throw new IOException(path + " answered " + response.statusCode());
    }
    return new ObjectMapper().readTree(response.body());
  }

  void killHard() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    http.close();
    if (process != null) {
      killHard();
    }
  }
}
