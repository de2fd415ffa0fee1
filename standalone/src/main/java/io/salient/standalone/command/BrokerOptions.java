package io.salient.standalone.command;

import io.salient.schemas.BrokerCheck;
import io.salient.schemas.KafkaSettings;
import io.salient.standalone.Standalone;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which Kafka is used and where data are kept. */
final class BrokerOptions {
  /** Above the environment and application.properties. */
  private static final int ORDINAL = 1_000;

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
  int run(Map<String, String> settings, Standalone.Task task) throws IOException {
    if (bootstrapServers != null) {
      new BrokerCheck(kafka().clientProperties()).require();
    }
    return Standalone.run(settings, bootstrapServers, stateFolder, task);
  }

  /** True when results are there after the process has ended. */
  boolean lasts() {
    return bootstrapServers != null || stateFolder != null;
  }

  private KafkaSettings kafka() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDefaultSources()
        .withSources(
            new PropertiesConfigSource(
                Map.of("salient.kafka.bootstrap-servers", bootstrapServers), "options", ORDINAL))
        .withMapping(KafkaSettings.class)
        .build()
        .getConfigMapping(KafkaSettings.class);
  }
}
