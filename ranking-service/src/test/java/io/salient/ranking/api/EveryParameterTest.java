package io.salient.ranking.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.ResultKey;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a parameter, the answer is one: what the document of the interface lists is
 * tried with values that nobody means, one parameter at a time, beside ones that exist.
 */
@QuarkusTest
class EveryParameterTest {
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("run", "run"),
          Map.entry("concept", "upos"),
          Map.entry("step", "20"),
          Map.entry("table", "steps"),
          Map.entry("layer", "1"),
          Map.entry("unit", "2"),
          Map.entry("runA", "run"),
          Map.entry("stepA", "0"),
          Map.entry("stepB", "20"),
          Map.entry("runs", "run,other"));

  private static final int AT_ONCE = 8;

  private static final List<String> NASTY =
      List.of(
          "",
          "-1",
          "1.5",
          "99999999999999999999",
          "\u0000",
          "../..",
          "a/b",
          "%",
          "'\"\\",
          "<script>",
          "\uD83D\uDE00",
          ",",
          "9:",
          "x".repeat(3_000));

  @Inject ResultStream results;

  @TestHTTPResource("/")
  URI address;

  @AfterEach
  void leaveNothing() {
    results.keys().stream()
        .map(ResultKey::text)
        .forEach(key -> ResultFeed.feed(results, key, null));
  }

  /**
   * A parameter of an operation.
   *
   * @param path with its placeholders
   * @param all parameters of it, by name, where each stands: path, query or header
   * @param name of the one that is tried
   */
  private record Tried(String path, Map<String, String> all, String name) {
    HttpRequest request(URI address, String value) {
      String target = path;
      List<String> query = new ArrayList<>();
      HttpRequest.Builder request = HttpRequest.newBuilder();
      for (Map.Entry<String, String> one : all.entrySet()) {
        boolean nasty = one.getKey().equals(name);
        String text = nasty ? value : MEANT.get(one.getKey());
        if (text == null) {
          continue;
        }
        switch (one.getValue()) {
          case "path" -> target = target.replace("{" + one.getKey() + "}", encoded(text));
          case "query" -> query.add(one.getKey() + "=" + encoded(text));
          default -> request.header(one.getKey(), text.replaceAll("[^ -~]", "?"));
        }
      }
      return request.uri(address.resolve(target + "?" + String.join("&", query))).build();
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8)
          .replace("+", "%20")
          .replace(".", "%2E");
    }
  }

  @Test
  void shouldNeverFailWhateverStandsInIt() throws Exception {
    // given
    ResultFeed.feed(results, Probes.atStep(0).asBaseline(), Probes.atStep(20));
    ResultFeed.feed(results, Probes.atStep(20).ofRun("other"));
    List<Tried> tried = operations();
    assertThat(tried).hasSizeGreaterThan(40);

    // when, then
    List<HttpRequest> requests =
        tried.stream()
            .flatMap(one -> NASTY.stream().map(value -> one.request(address, value)))
            .distinct()
            .toList();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService several = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<String>> answers =
          several.invokeAll(
              requests.stream()
                  .map(request -> (Callable<String>) () -> failure(client, request))
                  .toList());
      List<String> failed = new ArrayList<>();
      for (Future<String> answer : answers) {
        failed.add(answer.get());
      }
      assertThat(failed).hasSizeGreaterThan(500).containsOnly("");
    }
  }

  /** What is wrong with the answer; empty where nothing is. */
  private static String failure(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    drain(answer);
    String type = answer.headers().firstValue("Content-Type").orElse("");
    boolean told = // there is no ranking stream here
        answer.statusCode() == 503 && type.contains("problem+json");
    return answer.statusCode() >= 500 && !told ? answer.statusCode() + " " + request.uri() : "";
  }

  /** To its end, so that the connection is used again; streams have none. */
  private static void drain(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event")) {
        body.readAllBytes();
      }
    }
  }

  private static List<Tried> operations() {
    Map<String, Map<String, Map<String, Object>>> paths =
        given().get("/q/openapi?format=json").path("paths");
    List<Tried> tried = new ArrayList<>();
    paths.forEach(
        (path, operations) -> {
          Map<String, String> all = new LinkedHashMap<>();
          for (Object parameter : parameters(operations)) {
            Map<?, ?> one = (Map<?, ?>) parameter;
            all.put(String.valueOf(one.get("name")), String.valueOf(one.get("in")));
          }
          all.keySet().forEach(name -> tried.add(new Tried(path, all, name)));
        });
    return tried;
  }

  private static List<?> parameters(Map<String, Map<String, Object>> operations) {
    assertThat(operations).as("read only").containsOnlyKeys("get");
    return operations.get("get").get("parameters") instanceof List<?> list ? list : List.of();
  }
}
