package io.salient.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real single-node Kafka (KRaft, broker and controller in one) inside this JVM, on loopback. Its
 * folder keeps all data: a broker started again on the same folder goes on where the last one
 * stopped, however it stopped. Takes about three seconds to start and 200 MB.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** Always the same, so that a folder that was formatted before is known again. */
  private static final String CLUSTER_ID = "c2FsaWVudC1lbWJlZGRlZA";

  private static final String FEW_PARTITIONS = "4";

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it answers.
   *
   * @param folder where its data are or will be
   * @param overrides broker settings by Kafka's names, stronger than ours
   */
  public static EmbeddedKafka start(Path folder, Map<String, String> overrides) {
    return start(folder, freePort(), overrides);
  }

  /**
   * As {@link #start(Path, Map)}, on a given port: for a broker that comes back under its old
   * address.
   */
  public static EmbeddedKafka start(Path folder, int port, Map<String, String> overrides) {
    int controllerPort = freePort();
    Map<String, Object> settings = settings(folder, port, controllerPort);
    settings.putAll(overrides);
    try {
      Files.createDirectories(folder);
      format(settings.get("log.dirs").toString());
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, HOST + ":" + port);
    } catch (IOException e) {
      throw new UncheckedIOException("embedded Kafka in " + folder, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Formatter.run declares it
      throw new IllegalStateException("embedded Kafka in " + folder + " cannot be formatted", e);
    }
  }

  private static Map<String, Object> settings(Path folder, int port, int controllerPort) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    settings.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    settings.put("log.dirs", folder.resolve("kafka").toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // One node: nothing can be replicated, and few partitions start faster.
    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("offsets.topic.num.partitions", FEW_PARTITIONS);
    settings.put("transaction.state.log.num.partitions", FEW_PARTITIONS);
    settings.put("share.coordinator.state.topic.num.partitions", FEW_PARTITIONS);
    // Small threads and buffers: it shares two cores with LibTorch.
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    settings.put("log.cleaner.threads", "1");
    return settings;
  }

  private static void format(String logFolder) throws Exception {
    new Formatter()
        .setClusterId(CLUSTER_ID)
        .setNodeId(1)
        .setControllerListenerName("CONTROLLER")
        .setHasDynamicQuorum(false)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setMetadataLogDirectory(logFolder)
        .addDirectory(logFolder)
        .run();
  }

  /** A port on loopback that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + HOST, e);
    }
  }

  /** {@code host:port} for clients. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker; its folder stays. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
