package io.salient.standalone.command;

import io.salient.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say which Kafka is used and where data are kept. */
final class BrokerOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "An existing Kafka. Default: an embedded one.")
  private String bootstrapServers;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Keeps the data of services and embedded broker, so that a later start goes on where this"
              + " one stops. Default: a temporary folder.")
  private Path stateFolder;

  int run(Map<String, String> settings, Standalone.Task task) throws IOException {
    return Standalone.run(settings, bootstrapServers, stateFolder, task);
  }
}
