package io.salient.ranking.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers say to a browser besides their content, and what is not taken from one. */
@QuarkusTest
class HeadersTest {
  private static final Path PAGE = Path.of("src/main/resources/META-INF/resources");

  @TestHTTPResource("/api/stream/overview")
  URI stream;

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/page/app.js", "/api/runs", "/api/runs/nobody", "/nowhere", "/q/health"})
  void shouldKeepBrowsersFromHarmWhoeverAnswers(String path) {
    Response answer = given().get(path);

    for (String name :
        List.of("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")) {
      assertThat(answer.headers().getValues(name)).as(name).hasSize(1);
    }
    answer
        .then()
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Content-Security-Policy", containsString("default-src 'self'"))
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
        .header("Content-Security-Policy", not(containsString("unsafe")));
  }

  @Test
  void shouldKeepBrowsersFromHarmInAStreamToo() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<?> answer =
          client.send(
              HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofInputStream());
      HttpHeaders headers = answer.headers();
      client.shutdownNow();

      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("Content-Security-Policy")).isPresent();
    }
  }

  @Test
  void shouldLetNoOtherSiteRead() {
    given()
        .header("Origin", "https://elsewhere.example")
        .get("/api/runs")
        .then()
        .header("Access-Control-Allow-Origin", equalTo(null));
  }

  /** So that an upgrade is seen at once: whatever a browser kept, it asks. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/page/app.js", "/style.css", "/icon.svg"})
  void shouldSendAFileOfThePageOnlyWhenItChanged(String path) throws IOException {
    // given
    Response first = given().get(path);
    first.then().statusCode(200).header("Cache-Control", "no-cache");
    String file = path.equals("/") ? "/index.html" : path;
    assertThat(first.asByteArray()).isEqualTo(Files.readAllBytes(Path.of(PAGE + file)));
    String tag = first.header("ETag");

    // then the same
    given()
        .header("If-None-Match", tag)
        .get(path)
        .then()
        .statusCode(304)
        .header("ETag", tag)
        .header("Cache-Control", "no-cache");

    // and another, though no file is younger
    given()
        .header("If-None-Match", "\"of-the-version-before\"")
        .header("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")
        .get(path)
        .then()
        .statusCode(200)
        .header("Last-Modified", equalTo(null));
  }

  @Test
  void shouldLetABrowserKeepResultsAndAskWhetherTheyStillHold() {
    given()
        .get("/api/runs")
        .then()
        .header("Cache-Control", "private, no-cache")
        .header("Vary", "Accept, Authorization, Cookie");
    given().get("/api/runs/none").then().statusCode(404).header("Cache-Control", "no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page/app.js", "/style.css", "/", "/api/overview"})
  void shouldCompressPageAndAnswersWhereThatIsTaken(String path) {
    given().header("Accept-Encoding", "gzip").get(path).then().header("Content-Encoding", "gzip");
  }

  @Test
  void shouldNotHoldEventsBackToCompressThem() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(stream).header("Accept-Encoding", "gzip").build();
      HttpHeaders headers =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream()).headers();
      client.shutdownNow();

      assertThat(headers.firstValue("Content-Encoding").orElse("identity")).isEqualTo("identity");
    }
  }

  @Test // S9
  void shouldRefuseABodyThatNobodySends() {
    given()
        .contentType("application/json")
        .body("x".repeat(100_000))
        .post("/api/runs")
        .then()
        .statusCode(413);
  }
}
