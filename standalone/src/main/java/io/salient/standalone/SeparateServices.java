package io.salient.standalone;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The three services as processes of their own, as in a cluster, and a broker where none is given.
 * One that ends is started again and goes on from what was committed.
 */
public final class SeparateServices implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;
  private static final Duration END = Duration.ofSeconds(25);

  /** A service that ends so often before it was ever ready will not be. */
  private static final int VAIN_STARTS = 3;

  private final List<ServiceProcess> services;
  private final Map<ServiceProcess, Integer> vain = new HashMap<>();

  private SeparateServices(List<ServiceProcess> services) {
    this.services = services;
  }

  /**
   * Runs until the process is stopped.
   *
   * @param home folder of the project, where the services were built
   * @param settings win over files and environment
   * @param bootstrapServers an existing Kafka, or null for an embedded one
   * @param folder where broker and services keep their data; null for a fresh folder that is
   *     deleted in the end
   * @param pagePort port of the page; the other services have the next ones, and all have free ones
   *     where it is 0
   * @return exit code: 1, as it only returns when a service cannot be started
   */
  public static int run(
      Path home, Settings settings, String bootstrapServers, Path folder, int pagePort)
      throws IOException, InterruptedException {
    settings.require();
    Path work = folder == null ? WorkFolder.fresh() : WorkFolder.lasting(folder);
    Standalone.place(settings, work);
    settings.put(
        Setting.BOOTSTRAP_SERVERS,
        bootstrapServers == null ? Standalone.startBroker(work) : bootstrapServers);
    SeparateServices services =
        new SeparateServices(
            List.of(
                new ServiceProcess("ranking", home, work, port(pagePort, 0), settings),
                new ServiceProcess("extractor", home, work, port(pagePort, 1), settings),
                new ServiceProcess("probe", home, work, port(pagePort, 2), settings)));
    LastStop.closeAtTheEnd(services);
    services.start();
    return services.watch();
  }

  private static int port(int pagePort, int more) {
    return pagePort == 0 ? EmbeddedKafka.freePort() : pagePort + more;
  }

  private void start() throws IOException {
    for (ServiceProcess service : services) {
      service.start();
    }
  }

  private int watch() throws IOException, InterruptedException {
    while (true) {
      for (ServiceProcess service : services) {
        if (LastStop.ending()) {
          return 1;
        }
        if (service.becameReady()) {
          sayReady(service);
        } else if (!service.alive() && !startAgain(service)) {
          return 1;
        }
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private boolean startAgain(ServiceProcess service) throws IOException {
    int starts = service.wasReady() ? 0 : vain.merge(service, 1, Integer::sum);
    if (starts == VAIN_STARTS) {
      System.err.printf(
          "salient: the %s service ended %d times before it was ready, the last time with %d: see"
              + " above%n",
          service.name(), starts, service.exitCode());
      return false;
    }
    if (service.wasReady()) {
      vain.remove(service);
    }
    System.err.printf(
        "salient: the %s service has ended with %d and is started again%n",
        service.name(), service.exitCode());
    service.start();
    return true;
  }

  private static void sayReady(ServiceProcess service) {
    System.err.printf(
        "salient: the %s service is ready at %s (process %d)%n",
        service.name(), service.address(), service.pid());
  }

  /** Ends the services, all at once, before the broker that they commit to. */
  @Override
  public void close() {
    services.forEach(ServiceProcess::terminate);
    services.forEach(service -> service.awaitEnd(END));
  }
}
