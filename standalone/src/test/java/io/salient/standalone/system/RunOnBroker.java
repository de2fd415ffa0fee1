package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A small run and a broker that many {@link IsolatedSalient} share. */
final class RunOnBroker implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(6);

  /** Name of the one that nobody disturbs. */
  static final String UNDISTURBED = "undisturbed";

  private final Path folder;
  private final SmallRun run;
  private final TestBroker broker;

  /** Copies steps 0 and 20; skipped where the real input is absent. */
  RunOnBroker(Path folder) {
    this.folder = folder;
    run = SmallRun.copyTo(folder, 0, 20);
    broker = TestBroker.start();
  }

  SmallRun run() {
    return run;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  IsolatedSalient salient(String name) {
    return new IsolatedSalient(folder, bootstrapServers(), name);
  }

  /** Ranks the run from beginning to end; its results by key, as bytes. */
  Map<String, String> rankUndisturbed() {
    IsolatedSalient salient = salient(UNDISTURBED);
    try (SalientProcess process = salient.once(run)) {
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isZero();
    }
    return salient.results();
  }

  @Override
  public void close() {
    broker.close();
  }
}
