package io.salient.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ranking service as a process of its own, on a broker of ours. */
final class RankingProcess implements AutoCloseable {
  private static final Path SERVICE = Path.of("ranking-service/target/quarkus-app/quarkus-run.jar");
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");
  private static final long LOOK_MILLIS = 50;

  private final Process process;
  private final URI address;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private RankingProcess(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * Starts it, and returns when it has read all results and says that it is ready.
   *
   * @param work folder for its state and its log
   * @param heap that it has at most, such as 1g
   * @param settings beside the broker's address, by name
   */
  static RankingProcess start(
      Path work, String bootstrapServers, String heap, Map<String, String> settings)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = work.resolve("ranking.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-Dquarkus.http.port=" + port,
                "-Dsalient.kafka.bootstrap-servers=" + bootstrapServers,
                "-Dsalient.ranking.state-dir=" + work.resolve("state")));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", SERVICE.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    RankingProcess started =
        new RankingProcess(process, URI.create("http://127.0.0.1:" + port + "/"), log);
    started.awaitReady();
    return started;
  }

  private void awaitReady() throws IOException, InterruptedException {
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(Files.readString(log));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return answer("q/health/ready").statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  /** Where it listens, with a slash at the end. */
  URI address() {
    return address;
  }

  /** The body of an answer. */
  String get(String path) throws IOException, InterruptedException {
    return answer(path).body();
  }

  private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Bytes of the heap that are in use after a collection of garbage. */
  long liveHeapBytes() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    Matcher pools = HEAP.matcher(get("q/metrics"));
    double bytes = 0;
    while (pools.find()) {
      bytes += Double.parseDouble(pools.group(1));
    }
    return (long) bytes;
  }

  /** Bytes of memory that the process has. */
  long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Stops it by SIGTERM. */
  @Override
  public void close() {
    http.close();
    process.destroy();
    process.onExit().join();
  }
}
