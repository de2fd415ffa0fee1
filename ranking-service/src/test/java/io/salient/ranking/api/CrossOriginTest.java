package io.salient.ranking.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.salient.ranking.LockedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites: those listed may read results with a token, all others nothing. */
@QuarkusTest
@TestProfile(LockedService.class)
class CrossOriginTest {
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @TestHTTPResource("/api/stream")
  URI stream;

  @ParameterizedTest
  @ValueSource(strings = {"/api/runs", "/api/stream", "/api/compare?runA=a"})
  void shouldAnswerAPreflightOfAListedSite(String path) {
    Response answer =
        given()
            .header("Origin", LockedService.SITE)
            .header("Access-Control-Request-Method", "GET")
            .header("Access-Control-Request-Headers", "authorization, last-event-id")
            .options(path);

    answer
        .then()
        .statusCode(204)
        .header(ALLOWED, LockedService.SITE)
        .header("Access-Control-Allow-Methods", "GET, HEAD")
        .header("Access-Control-Allow-Headers", containsString("Authorization"))
        .header("Access-Control-Allow-Headers", containsString("Last-Event-ID"))
        .header("Access-Control-Allow-Credentials", equalTo(null))
        .header("Vary", containsString("Origin"));
    assertThat(answer.asByteArray()).isEmpty();
  }

  @Test
  void shouldLetAListedSiteReadWithATokenAndToldWhyWithout() {
    given()
        .header("Origin", LockedService.SITE)
        .header("Authorization", "Bearer " + LockedService.ALL)
        .get("/api/runs")
        .then()
        .statusCode(200)
        .header(ALLOWED, LockedService.SITE)
        .header("Access-Control-Expose-Headers", containsString("ETag"))
        .header("ETag", containsString("W/"));
    given()
        .header("Origin", LockedService.SITE)
        .get("/api/runs")
        .then()
        .statusCode(401)
        .header(ALLOWED, LockedService.SITE)
        .body("code", equalTo("no-token"));
  }

  @Test
  void shouldLetAListedSiteFollowTheStream() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stream)
            .header("Origin", LockedService.SITE)
            .header("Authorization", "Bearer " + LockedService.ALL)
            .header("Last-Event-ID", "elsewhere-1") // so that there is an event: reset
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      client.shutdownNow();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue(ALLOWED)).contains(LockedService.SITE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://elsewhere.example, /api/runs",
    "https://dashboard.example.evil.example, /api/runs",
    "https://dashboard.example:8443, /api/runs",
    "http://dashboard.example, /api/runs",
    "null, /api/runs",
    "https://dashboard.example, /q/metrics",
    "https://dashboard.example, /login",
    "https://dashboard.example, /page/app.js"
  })
  void shouldLetNobodyElseReadNorAnythingElseBeRead(String origin, String path) {
    given()
        .header("Origin", origin)
        .header("Authorization", "Bearer " + LockedService.ALL)
        .get(path)
        .then()
        .header(ALLOWED, equalTo(null));
    given()
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "GET")
        .options(path)
        .then()
        .header(ALLOWED, equalTo(null));
  }
}
