package io.salient.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./salient watch} as a process of its own, on a broker of ours. */
final class WatchOnce implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("salient");
  private static final long SAMPLE_MILLIS = 50;

  private final Process process;
  private final Path errors;

  private WatchOnce(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts it.
   *
   * @param javaOptions for the process, such as {@code -Dsalient.topics.prefix=x}
   * @param more further arguments of watch
   */
  static WatchOnce start(
      Path run,
      Path corpus,
      String concepts,
      String bootstrapServers,
      Path state,
      String javaOptions,
      String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                LAUNCHER.toAbsolutePath().toString(),
                "watch",
                run.toString(),
                "--corpus",
                corpus.toString(),
                "--concepts",
                concepts,
                "--bootstrap-servers",
                bootstrapServers,
                "--state-dir",
                state.toString(),
                "--port",
                "0"));
    command.addAll(List.of(more));
    Files.createDirectories(state);
    Path errors = Files.createTempFile(state, "err-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().put("SALIENT_JAVA_OPTIONS", javaOptions);
    return new WatchOnce(builder.start(), errors);
  }

  /** Waits for the end; what went wrong becomes an exception. */
  void awaitEnd() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(errors));
    }
  }

  /**
   * Waits for the end and tells the most memory of its own that the process had meanwhile, mapped
   * files left out.
   *
   * @return bytes
   */
  long peakAnonymousBytes() throws IOException, InterruptedException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long peak = 0;
    while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, anonymousBytes(status));
    }
    awaitEnd();
    return peak;
  }

  private static long anonymousBytes(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // it has just ended
    }
  }

  /** Stops it by SIGTERM where it still runs. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
