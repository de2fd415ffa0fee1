package io.salient.standalone.command;

import io.salient.standalone.SeparateServices;
import io.salient.standalone.Standalone;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import io.salient.streams.client.BrokerCheck;
import io.salient.streams.client.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which Kafka is used and where data are kept. */
final class BrokerOptions {
  /** System property by which the launcher says where the project is. */
  private static final String HOME = "salient.home";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private String bootstrapServers;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Keeps the data of services and embedded broker, so that a later start goes on where this"
              + " one stops. Default: a temporary folder.")
  private Path stateFolder;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "An existing Kafka. Default: an embedded one.")
  void bootstrapServers(String servers) {
    String problem = BrokerCheck.malformed(servers);
    if (problem != null) {
      throw new ParameterException(spec.commandLine(), "--bootstrap-servers: " + problem);
    }
    bootstrapServers = servers;
  }

  /** Runs a task among services on that Kafka, once it has answered. */
  int run(Settings settings, Standalone.Task task) throws IOException {
    requireBroker(settings);
    return Standalone.run(settings, bootstrapServers, stateFolder, task);
  }

  /** Runs each service in a process of its own, once that Kafka has answered. */
  int runSeparately(Settings settings, int pagePort) throws IOException, InterruptedException {
    requireBroker(settings);
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new IllegalStateException(HOME + " is not set: start by ./salient services");
    }
    return SeparateServices.run(Path.of(home), settings, bootstrapServers, stateFolder, pagePort);
  }

  private void requireBroker(Settings settings) {
    if (bootstrapServers != null) {
      settings.put(Setting.BOOTSTRAP_SERVERS, bootstrapServers);
      new BrokerCheck(settings.read(KafkaSettings.class).clientProperties()).require();
    }
  }

  /** True when results are there after the process has ended. */
  boolean lasts() {
    return bootstrapServers != null || stateFolder != null;
  }
}
