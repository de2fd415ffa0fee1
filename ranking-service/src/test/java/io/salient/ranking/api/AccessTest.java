package io.salient.ranking.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.salient.ranking.LockedService;
import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S4, S9: who may see what, where tokens are asked for. */
@QuarkusTest
@TestProfile(LockedService.class)
@Timeout(90) // of a machine that has other work: a stream that does not end waits for ever
class AccessTest {
  private static final String COOKIE = "salient-token";

  @Inject ResultStream results;

  @ConfigProperty(name = "salient.access.jwt.keys")
  Path keys;

  @ConfigProperty(name = "salient.access.token-file")
  Path file;

  @TestHTTPResource("/api/stream")
  URI stream;

  @BeforeEach
  void feed() {
    for (String run : List.of("mine-1", "secret")) {
      ResultFeed.feed(results, Probes.atStep(0).ofRun(run), Probes.atStep(20).ofRun(run));
      ResultFeed.feed(results, Probes.atStep(60).ofRun(run).status(Stage.EXTRACTING, 3));
    }
  }

  @AfterEach
  void leaveNothing() {
    results.keys().stream()
        .map(ResultKey::text)
        .forEach(key -> ResultFeed.feed(results, key, null));
  }

  private static RequestSpecification by(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/runs", "/api/stream", "/page/app.js", "/q/openapi", "/q/metrics", "/no"})
  void shouldRefuseWhoShowsNoTokenOrAWrongOne(String path) {
    given()
        .get(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("Bearer"))
        .header("X-Content-Type-Options", "nosniff")
        .body("code", equalTo("no-token"))
        .body("status", equalTo(401));
    String wrong = LockedService.ALL.replace('0', '9');
    by(wrong).get(path).then().statusCode(401).body(not(containsString(wrong)));
    given().cookie(COOKIE, wrong).get(path).then().statusCode(401);
    given().header("Authorization", "Basic " + LockedService.ALL).get(path).then().statusCode(401);
    given().queryParam("token", LockedService.ALL).get(path).then().statusCode(401);
  }

  @Test
  void shouldTellHealthToEveryone() {
    given().get("/q/health/live").then().body("checks", hasSize(1));
  }

  @Test
  void shouldShowEverythingToATokenOfAllRuns() {
    by(LockedService.ALL).get("/api/runs").then().body("run", contains("mine-1", "secret"));
    given()
        .cookie(COOKIE, LockedService.ALL)
        .get("/api/overview")
        .then()
        .body("run", contains("mine-1", "secret"));
    by(LockedService.ALL).get("/q/metrics").then().statusCode(200);
  }

  @Test
  void shouldShowOnlyTheRunsOfAToken() {
    by(LockedService.MINE).get("/api/runs").then().body("run", contains("mine-1"));
    by(LockedService.MINE).get("/api/overview").then().body("run", contains("mine-1"));
    by(LockedService.MINE).get("/api/runs/mine-1/concepts/upos").then().statusCode(200);
  }

  /** A browser asks by the tag alone, whoever the answer was made for. */
  @Test
  void shouldNotConfirmToOneTokenWhatAnotherWasShown() {
    String tag = by(LockedService.ALL).get("/api/runs").then().extract().header("ETag");

    by(LockedService.ALL).header("If-None-Match", tag).get("/api/runs").then().statusCode(304);
    by(LockedService.MINE)
        .header("If-None-Match", tag)
        .get("/api/runs")
        .then()
        .statusCode(200)
        .header("ETag", not(tag))
        .body("run", contains("mine-1"));
  }

  @Test
  void shouldNotTellOfAnotherRunBesideANeuron() {
    String neuron = "/api/runs/mine-1/concepts/upos/steps/20/neurons/1/2";
    by(LockedService.ALL).get(neuron).then().body("otherRuns.run", contains("secret"));
    by(LockedService.MINE).get(neuron).then().statusCode(200).body("otherRuns", hasSize(0));
  }

  /** Whether there is such a run or not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs/secret",
        "/api/runs/nobody",
        "/api/runs/s%65cret",
        "/api/runs/secret;/concepts/upos",
        "/api/overview/secret",
        "/api/runs/secret/concepts/upos/steps/20",
        "/api/compare?runA=mine-1&stepA=0&runB=secret&stepB=0&concept=upos",
        "/api/compare?runA=mine-1&runA=secret&stepA=0&stepB=20&concept=upos",
        "/api/compare/seeds?runs=mine-1,secret&concept=upos",
        "/api/new-and-not-thought-of"
      })
  void shouldRefuseOtherRuns(String address) {
    by(LockedService.MINE)
        .urlEncodingEnabled(false)
        .get(address)
        .then()
        .statusCode(403)
        .body("code", equalTo("not-allowed"))
        .body("detail", not(containsString("secret")));
  }

  @Test
  void shouldStreamOnlyTheRunsOfAToken() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Iterator<String> lines = listen(client, LockedService.MINE).body().iterator();
      ResultFeed.feed(results, Probes.atStep(40).ofRun("secret"));
      ResultFeed.feed(results, Probes.atStep(40).ofRun("mine-1"));
      List<String> changes = new ArrayList<>();
      while (changes.stream().noneMatch(change -> change.contains("\"step\":40"))) {
        String line = lines.next();
        if (line.startsWith("data:")) {
          changes.add(line);
        }
      }
      client.shutdownNow();

      assertThat(changes).allMatch(change -> change.contains("\"run\":\"mine-1\""));
    }
  }

  private HttpResponse<Stream<String>> listen(HttpClient client, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stream).header("Authorization", "Bearer " + token).build();
    return client.send(request, HttpResponse.BodyHandlers.ofLines());
  }

  /** The test ends with the stream. */
  @Test // S3
  void shouldBreakOffAStreamWhoseTokenIsTakenAway() throws Exception {
    // given
    String token = "short-lived-01234567890123456789012";
    String before = Files.readString(file);
    Files.writeString(file, before + token + " view\n");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> answer = listen(client, token);
      while (answer.statusCode() == 401) { // the file is looked at every second
        answer = listen(client, token);
      }
      assertThat(answer.statusCode()).isEqualTo(200);
      Iterator<String> lines = answer.body().iterator();
      assertThat(lines.next()).isNotNull();

      // when
      Files.writeString(file, before);

      // then
      assertThatThrownBy(
              () -> {
                while (lines.hasNext()) {
                  lines.next();
                }
              })
          .isInstanceOf(UncheckedIOException.class);
      by(token).get("/api/runs").then().statusCode(401);
    } finally {
      Files.writeString(file, before);
    }
  }

  @Test // S9
  void shouldTakeNoMoreListenersThanTheSettingsAllowAndCountThem() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      // given
      HttpResponse<Stream<String>> answer = listen(client, LockedService.ALL);
      for (int i = 0; i < LockedService.LISTENERS && answer.statusCode() == 200; i++) {
        answer = listen(client, LockedService.ALL);
      }
      List<String> body = answer.body().toList();
      client.shutdownNow();

      // then
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(body).asString().contains("salient.ranking.max-stream-clients");
      String metrics = by(LockedService.ALL).get("/q/metrics").asString();
      assertThat(metrics).containsPattern("salient_ranking_stream_refused_total [1-9]");
      assertThat(metrics).doesNotContain(LockedService.ALL);
    }
  }

  /** It is looked at on another thread, and the body must not be lost meanwhile. */
  @Test
  void shouldTakeATokenOfAnIssuerWithABody() throws IOException, JoseException {
    String body = "x".repeat(50_000);

    by(issued("announce")).body(body).post("/echo").then().statusCode(200).body(equalTo(body));
    by(issued("view")).body(body).post("/echo").then().statusCode(403);
    by(issued("view")).get("/api/runs").then().body("run", contains("mine-1"));
    by(issued("view") + "x").get("/api/runs").then().statusCode(401);
  }

  private String issued(String role) throws IOException, JoseException {
    PublicJsonWebKey key =
        (PublicJsonWebKey) new JsonWebKeySet(Files.readString(keys)).getJsonWebKeys().getFirst();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(LockedService.ISSUER);
    claims.setAudience("salient");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setStringListClaim("groups", role);
    claims.setStringListClaim("salient_runs", "mine-*");
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    return signature.getCompactSerialization();
  }

  @Test
  void shouldShowNothingToATokenThatMayOnlyAnnounce() {
    by(LockedService.ANNOUNCER)
        .get("/api/runs")
        .then()
        .statusCode(403)
        .body("detail", containsString("view"));
  }

  /** A page of another site could make a browser send its cookies. */
  @Test
  void shouldChangeNothingByACookie() {
    given().cookie(COOKIE, LockedService.ANNOUNCER).post("/checkpoints").then().statusCode(401);
    by(LockedService.ANNOUNCER).post("/checkpoints").then().statusCode(404);
    by(LockedService.ALL).post("/checkpoints").then().statusCode(403);
  }

  @Test
  void shouldLetABrowserInByACookieThatScriptsAndOtherSitesCannotUse() {
    given().redirects().follow(false).get("/").then().statusCode(303).header("Location", "/login");
    given()
        .redirects()
        .follow(false)
        .formParam("token", LockedService.MINE)
        .post("/login")
        .then()
        .statusCode(303)
        .header("Location", "/")
        .header("Set-Cookie", containsString("HTTPOnly"))
        .header("Set-Cookie", containsString("SameSite=Strict"))
        .header("Set-Cookie", not(containsString("Secure")));
    given()
        .redirects()
        .follow(false)
        .header("X-Forwarded-Proto", "https")
        .formParam("token", LockedService.MINE)
        .post("/login")
        .then()
        .header("Set-Cookie", containsString("Secure"));
  }

  @Test
  void shouldLetNobodyInByALogin() {
    given()
        .formParam("token", "<b>wrong")
        .post("/login")
        .then()
        .statusCode(401)
        .body(not(containsString("<b>wrong")));
    given().formParam("token", LockedService.ANNOUNCER).post("/login").then().statusCode(403);
    given()
        .header("Sec-Fetch-Site", "cross-site")
        .formParam("token", LockedService.MINE)
        .post("/login")
        .then()
        .statusCode(403);
  }
}
