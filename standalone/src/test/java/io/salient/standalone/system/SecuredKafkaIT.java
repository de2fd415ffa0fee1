package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.standalone.EmbeddedKafka;
import io.salient.standalone.security.NeededAcl;
import io.salient.standalone.security.SecuredKafka;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.salient.streams.client.TopicSetup;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S1 to S4, S9: the three services, each a process with a name of its own, on a broker that lets
 * each do what the table of docs/security.md says, and behind tokens.
 */
class SecuredKafkaIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Topics TOPICS = new Topics("salient");
  private static final String EXTRACTOR = "extractor-password-41";
  private static final String PROBE = "probe-password-42";
  private static final String VIEW = "view-0123456789012345678901234567";
  private static final String ISSUER = "https://issuer.example";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static SecuredKafka kafka;
  private static String announce;

  @BeforeAll
  static void start() throws ExecutionException, IOException, JoseException {
    announce = issued();
    kafka = new SecuredKafka(folder.resolve("kafka"));
    topics(Map.of("salient.kafka.bootstrap-servers", kafka.bootstrapServers()), true).ensure();
    kafka.addUser("extractor", EXTRACTOR);
    kafka.addUser("probe", PROBE);
    kafka.allow(NeededAcl.all());
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  private static Path keys() {
    return folder.resolve("issuer-keys.json");
  }

  /** A token of an issuer whose keys are in a file: its holder may announce some runs. */
  private static String issued() throws JoseException, IOException {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    Files.writeString(
        keys(), new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience("salient");
    claims.setExpirationTimeMinutesInTheFuture(30);
    claims.setStringListClaim("groups", "announce");
    claims.setStringListClaim("salient_runs", "small-*");
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    return signature.getCompactSerialization();
  }

  private static TopicSetup topics(Map<String, String> settings, boolean create) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(KafkaSettings.class)
            .withMapping(TopicSettings.class)
            .withDefaultValues(settings)
            .withDefaultValue("salient.topics.create", Boolean.toString(create))
            .build();
    return new TopicSetup(
        config.getConfigMapping(KafkaSettings.class), config.getConfigMapping(TopicSettings.class));
  }

  /** What a service is given in work: no right to make topics, tokens from a file. */
  private static Map<String, String> with(Map<String, String> kafkaSettings, int port)
      throws IOException {
    Path tokens = folder.resolve("tokens");
    Files.write(tokens, List.of(VIEW + " view small-*"));
    Map<String, String> settings = new HashMap<>(kafkaSettings);
    settings.put("salient.topics.create", "false");
    // Three processes start at once: a busy machine takes its time with the first answer.
    settings.put("salient.kafka.properties.\"default.api.timeout.ms\"", "90000");
    settings.put("salient.kafka.properties.\"request.timeout.ms\"", "45000");
    settings.put("salient.access.token-file", tokens.toString());
    settings.put("salient.access.jwt.issuer", ISSUER);
    settings.put("salient.access.jwt.keys", keys().toString());
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("vertx.cacheDirBase", folder.resolve("vertx-" + port).toString());
    for (String service : List.of("extractor", "probe", "ranking")) {
      settings.put("salient." + service + ".state-dir", folder.resolve("state-" + port).toString());
    }
    return settings;
  }

  @Test
  void shouldRankWithTheRightsOfTheTableAlone() throws Exception {
    // given
    SmallRun run = SmallRun.copyTo(folder, 0);
    int extractorPort = EmbeddedKafka.freePort();
    int rankingPort = EmbeddedKafka.freePort();
    Map<String, String> extractor = with(kafka.byPassword("extractor", EXTRACTOR), extractorPort);
    extractor.put("salient.extractor.roots", run.folder().toString());
    extractor.put("salient.extractor.corpus.path", run.corpus().toString());
    Map<String, String> probe = with(kafka.byPassword("probe", PROBE), EmbeddedKafka.freePort());
    probe.put("salient.probe.tiers", "early,final");
    probe.put("salient.probe.tolerance", "0.02");
    Map<String, String> ranking = with(kafka.byCertificate(), rankingPort);

    try (SalientProcess one = SalientProcess.service("extractor", folder, extractor);
        SalientProcess two = SalientProcess.service("probe", folder, probe);
        SalientProcess three = SalientProcess.service("ranking", folder, ranking);
        TopicJudge results = new TopicJudge(kafka.bootstrapServers(), TOPICS.results());
        TopicJudge letters = new TopicJudge(kafka.bootstrapServers(), TOPICS.deadLetters())) {
      String api = "http://127.0.0.1:" + rankingPort;
      String door = "http://127.0.0.1:" + extractorPort;
      one.until(() -> answers(door + "/q/health/ready"), PATIENCE);
      three.until(() -> answers(api + "/q/health/ready"), PATIENCE);

      // when
      String checkpoint =
          "{\"run\": \"small-run\", \"uri\": \"" + run.folder().resolve("checkpoint-0") + "\"}";
      assertThat(post(door, checkpoint, null)).isEqualTo(401);
      assertThat(post(door, checkpoint, VIEW)).isEqualTo(403);
      String other = checkpoint.replace("small-run\", ", "other-run\", ");
      assertThat(post(door, other, announce)).isEqualTo(403);
      assertThat(post(door, checkpoint, announce)).isEqualTo(202);

      // then
      results.await(
          TopicSerdes.results(),
          SalientNeurons.class,
          neurons -> neurons.getReport().getFinal$(),
          PATIENCE);
      three.until(() -> get(api + "/api/runs/small-run", VIEW).statusCode() == 200, PATIENCE);
      assertThat(get(api + "/api/runs/small-run", null).statusCode()).isEqualTo(401);
      assertThat(get(api + "/api/runs/small-run", announce).statusCode()).isEqualTo(403);
      assertThat(get(api + "/api/runs/other", VIEW).statusCode()).isEqualTo(403);
      assertThat(letters.all()).isEmpty();
      for (SalientProcess service : List.of(one, two, three)) {
        assertThat(service.errors())
            .doesNotContain("ERROR", EXTRACTOR, PROBE, VIEW, announce, "PRIVATE KEY");
      }
      for (String told : List.of("/q/health", "/q/metrics", "/q/openapi", "/api/runs")) {
        assertThat(get(api + told, VIEW).body()).doesNotContain(VIEW, announce, "PRIVATE KEY");
      }
    }
  }

  @Test
  void shouldSayWhichAclIsMissingAndTryNoFurther() throws Exception {
    // given: a ranking service under the name of another
    int port = EmbeddedKafka.freePort();
    Map<String, String> settings = with(kafka.byPassword("extractor", EXTRACTOR), port);

    try (SalientProcess ranking = SalientProcess.service("ranking", folder, settings)) {
      // when
      String health = "http://127.0.0.1:" + port + "/q/health";
      ranking.until(() -> ranking.errors().contains("The ranking stream stops"), PATIENCE);

      // then
      ranking.until(() -> status(health + "/live") == 503, PATIENCE);
      assertThat(status(health + "/ready")).isEqualTo(503);
      assertThat(ranking.errors())
          .contains("Kafka's ACLs do not let this user use", "docs/security.md")
          .doesNotContain("\tat ");
      assertThat(ranking.errors().lines()).hasSizeLessThan(15);
    }
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithALogin() {
    assertRefused(
        kafka.byPassword("extractor", "not-the-password"), "sasl.jaas.config", "property-files");
    assertRefused(
        kafka.atAnotherHost("extractor", EXTRACTOR), "no TLS connection", "ssl.truststore");
    Map<String, String> nobody = kafka.byCertificate();
    nobody.keySet().removeIf(key -> key.contains("keystore"));
    assertRefused(nobody, "no TLS connection", "ssl.keystore");
  }

  @Test
  void shouldTellATopicThatMayNotBeSeenFromOneThatIsNotThere() throws ExecutionException {
    kafka.addUser("stranger", "stranger-password-43");
    Map<String, String> stranger = kafka.byPassword("stranger", "stranger-password-43");

    assertRefused(stranger, "may not describe");
    assertThatThrownBy(topics(stranger, true)::ensure)
        .hasMessageContainingAll("neither see nor create", "salient.results");
  }

  private static void assertRefused(Map<String, String> settings, String... words) {
    assertThatThrownBy(topics(settings, false)::ensure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("password-", "not-the-password", "\n");
  }

  private static boolean answers(String address) {
    return status(address) == 200;
  }

  /** 0 where nothing listens yet. */
  private static int status(String address) {
    try {
      return send(HttpRequest.newBuilder(URI.create(address)).build()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private static HttpResponse<String> get(String address, String token) {
    try {
      return send(shown(HttpRequest.newBuilder(URI.create(address)), token).build());
    } catch (IOException e) {
      throw new AssertionError(address, e);
    }
  }

  private static int post(String address, String body, String token) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/checkpoints"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(shown(request, token).build()).statusCode();
  }

  private static HttpRequest.Builder shown(HttpRequest.Builder request, String token) {
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
