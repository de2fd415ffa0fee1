package io.salient.standalone.security;

import io.salient.standalone.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * A real broker with Kafka's own authorizer. One door takes SCRAM over TLS, one takes certificates,
 * one takes SCRAM under a certificate of another host's name, and one, on loopback as the others,
 * is for the test itself, which may do everything.
 */
public final class SecuredKafka implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String BROKER = "broker";
  private static final String ELSEWHERE = "elsewhere";
  private static final String CERTIFIED = "ranking";
  private static final int ITERATIONS = 4096;

  private final Path folder;
  private final KeyFiles keys;
  private final EmbeddedKafka broker;
  private final Map<String, Integer> ports = new HashMap<>();

  /** Starts it, without users. */
  public SecuredKafka(Path folder) {
    try {
      this.folder = Files.createDirectories(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    keys = new KeyFiles(folder);
    keys.make(BROKER, "ip:" + HOST);
    keys.make(ELSEWHERE, "dns:elsewhere.example");
    keys.make(CERTIFIED, "dns:ranking");
    for (String door : List.of("PLAINTEXT", "SASL_SSL", "SSL", "OTHER", "CONTROLLER")) {
      ports.put(door, EmbeddedKafka.freePort());
    }
    broker = EmbeddedKafka.start(folder, ports.get("PLAINTEXT"), settings());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    List<String> all = new ArrayList<>();
    ports.forEach((door, port) -> all.add(door + "://" + HOST + ":" + port));
    settings.put("listeners", String.join(",", all));
    all.removeIf(address -> address.startsWith("CONTROLLER"));
    settings.put("advertised.listeners", String.join(",", all));
    settings.put("controller.quorum.voters", "1@" + HOST + ":" + ports.get("CONTROLLER"));
    settings.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL,OTHER:SASL_SSL");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS"); // of the doors without a name
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    for (String door : List.of("sasl_ssl", "other")) {
      settings.put(
          "listener.name." + door + ".scram-sha-512.sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }
    putKeys(settings, "", BROKER);
    putKeys(settings, "listener.name.other.", ELSEWHERE);
    settings.put("listener.name.ssl.ssl.client.auth", "required");
    settings.put("listener.name.ssl.ssl.truststore.type", "PKCS12");
    settings.put("listener.name.ssl.ssl.truststore.location", keys.trusting(CERTIFIED).toString());
    settings.put("listener.name.ssl.ssl.truststore.password", KeyFiles.PASSWORD);
    return settings;
  }

  private void putKeys(Map<String, String> settings, String prefix, String name) {
    settings.put(prefix + "ssl.keystore.type", "PKCS12");
    settings.put(prefix + "ssl.keystore.location", keys.store(name).toString());
    settings.put(prefix + "ssl.keystore.password", KeyFiles.PASSWORD);
    settings.put(prefix + "ssl.key.password", KeyFiles.PASSWORD);
  }

  /** Where the test itself goes in. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Adds a user with a password, and waits until the broker knows it. */
  public void addUser(String user, String password) throws ExecutionException {
    with(
        admin -> {
          ScramCredentialInfo scram =
              new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
          admin
              .alterUserScramCredentials(
                  List.of(new UserScramCredentialUpsertion(user, scram, password)))
              .all()
              .get();
          while (!admin.describeUserScramCredentials().users().get().contains(user)) {
            Thread.onSpinWait();
          }
        });
  }

  /** Gives each service what the table says, and no more: to its user, or to its certificate. */
  public void allow(List<NeededAcl> acls) throws ExecutionException {
    List<AclBinding> bindings = new ArrayList<>();
    for (NeededAcl acl : acls) {
      String principal =
          acl.service().equals(CERTIFIED) ? "User:CN=" + CERTIFIED : "User:" + acl.service();
      acl.operations()
          .forEach(
              operation ->
                  bindings.add(
                      new AclBinding(
                          new ResourcePattern(acl.type(), acl.name(), acl.pattern()),
                          new AccessControlEntry(
                              principal, "*", operation, AclPermissionType.ALLOW))));
    }
    with(admin -> admin.createAcls(bindings).all().get());
  }

  /** Settings of a service that comes with a password, which is read from a file. */
  public Map<String, String> byPassword(String user, String password) {
    return byPassword("SASL_SSL", user, password);
  }

  /** The same at the door whose certificate is of another host. */
  public Map<String, String> atAnotherHost(String user, String password) {
    return byPassword("OTHER", user, password);
  }

  private Map<String, String> byPassword(String door, String user, String password) {
    Path file = folder.resolve(user + "-" + password.hashCode() + ".jaas");
    try {
      Files.writeString(
          file,
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";%n"
              .formatted(user, password));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("salient.kafka.bootstrap-servers", HOST + ":" + ports.get(door));
    settings.put("salient.kafka.properties.\"security.protocol\"", "SASL_SSL");
    settings.put("salient.kafka.properties.\"sasl.mechanism\"", "SCRAM-SHA-512");
    settings.put("salient.kafka.property-files.\"sasl.jaas.config\"", file.toString());
    trustBroker(settings, door.equals("OTHER") ? ELSEWHERE : BROKER);
    return settings;
  }

  /** Settings of a service that comes with a certificate, in files as a cluster mounts them. */
  public Map<String, String> byCertificate() {
    Map<String, String> settings = new HashMap<>();
    settings.put("salient.kafka.bootstrap-servers", HOST + ":" + ports.get("SSL"));
    settings.put("salient.kafka.properties.\"security.protocol\"", "SSL");
    trustBroker(settings, BROKER);
    settings.put("salient.kafka.properties.\"ssl.keystore.type\"", "PEM");
    settings.put(
        "salient.kafka.property-files.\"ssl.keystore.certificate.chain\"",
        keys.certificate(CERTIFIED).toString());
    settings.put(
        "salient.kafka.property-files.\"ssl.keystore.key\"", keys.key(CERTIFIED).toString());
    return settings;
  }

  private void trustBroker(Map<String, String> settings, String name) {
    settings.put("salient.kafka.properties.\"ssl.truststore.type\"", "PEM");
    settings.put(
        "salient.kafka.property-files.\"ssl.truststore.certificates\"",
        keys.certificate(name).toString());
  }

  private interface Work {
    void on(Admin admin) throws ExecutionException, InterruptedException;
  }

  private void with(Work work) throws ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      work.on(admin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
