package io.salient.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.salient.extractor.announcement.CheckpointIntake;
import io.salient.ranking.api.Comparisons;
import io.salient.ranking.live.ResultStream;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The three services, and a broker where none is given, in this process, for as long as a task
 * takes.
 */
public final class Standalone {
  // Quarkus makes the application object itself, so what it should do is left here for it.
  private static Task task;

  private Standalone() {}

  /** What is done while the services run. */
  @FunctionalInterface
  public interface Task {
    /** Does it and returns the exit code. */
    int run(Services services) throws Exception;
  }

  /**
   * The running services as a task sees them.
   *
   * @param intake announces checkpoints
   * @param results all results so far, live
   * @param comparisons of any two rankings
   * @param health whether they still work
   */
  public record Services(
      CheckpointIntake intake,
      ResultStream results,
      Comparisons comparisons,
      ServiceHealth health) {}

  /**
   * Runs a task among running services and returns its exit code when everything is stopped again.
   *
   * @param settings win over files and environment
   * @param bootstrapServers an existing Kafka, or null for an embedded one
   * @param folder where broker and services keep their data; null for a fresh folder that is
   *     deleted in the end
   */
  public static int run(Settings settings, String bootstrapServers, Path folder, Task toDo)
      throws IOException {
    settings.require();
    task = toDo;
    LastStop.expect();
    try {
      return run(
          settings,
          bootstrapServers,
          folder == null ? WorkFolder.fresh() : WorkFolder.lasting(folder));
    } finally {
      LastStop.now(); // a start that failed fires no shutdown event
    }
  }

  private static int run(Settings settings, String bootstrapServers, Path work) throws IOException {
    System.setProperty("vertx.cacheDirBase", work.resolve("vertx").toString()); // read by Vert.x
    place(settings, work);
    settings.put(
        Setting.BOOTSTRAP_SERVERS, bootstrapServers == null ? startBroker(work) : bootstrapServers);
    settings.use();
    if (LastStop.ending()) {
      return 1;
    }
    AtomicInteger exitCode = new AtomicInteger(1);
    Quarkus.run(
        Application.class,
        (code, failure) -> {
          exitCode.set(failure == null ? code : 1);
          if (failure != null) {
            Failures.report(failure);
          }
        });
    return exitCode.get();
  }

  /** Each service has its part of the folder. */
  static void place(Settings settings, Path work) {
    settings.put(Setting.EXTRACTOR_STATE, work.resolve("extractor"));
    settings.put(Setting.PROBE_STATE, work.resolve("probe"));
    settings.put(Setting.RANKING_STATE, work.resolve("ranking"));
  }

  /** Starts one that is stopped with the process; its address. */
  static String startBroker(Path work) throws IOException {
    Path folder = Files.createDirectories(work.resolve("broker"));
    BrokerDeath.tell(work);
    EmbeddedKafka broker = EmbeddedKafka.start(folder, Map.of());
    LastStop.closeAtTheEnd(broker);
    return broker.bootstrapServers();
  }

  /** What Quarkus runs once all services have started. */
  public static final class Application implements QuarkusApplication {
    private final Services services;

    @Inject
    Application(
        CheckpointIntake intake,
        ResultStream results,
        Comparisons comparisons,
        ServiceHealth health) {
      services = new Services(intake, results, comparisons, health);
    }

    @Override
    public int run(String... arguments) {
      try {
        return task.run(services);
      } catch (Exception e) {
        Failures.report(e);
        return 1;
      }
    }
  }
}
