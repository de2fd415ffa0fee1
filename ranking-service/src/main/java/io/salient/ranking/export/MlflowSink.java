package io.salient.ranking.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs of an MLflow server, by its REST API (2.0): an experiment "salient", in it a run by the name
 * of each training run, with a metric per figure and concept ({@code upos/accuracy}) and the
 * verdict as a tag ({@code upos.verdict}). A run that is there already is gone on with.
 */
final class MlflowSink implements FigureSink {
  private static final String EXPERIMENT = "salient";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final int FIRST_REFUSAL = 400;
  private static final int RUNS_OF_A_PAGE = 1_000;
  private static final int MOST_TOLD = 200;

  /** What a run is found by, as people may rename it. */
  private static final String RUN_TAG = "salient.run";

  private final URI server;
  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> runs = new HashMap<>();
  private final Map<String, Set<Told>> told = new HashMap<>();
  private final Map<String, Said> verdicts = new HashMap<>();
  private String experiment;

  /** What a metric has at a step. */
  private record Told(long step, double value) {}

  /** The verdict that a tag has. */
  private record Said(long step, String verdict) {}

  /**
   * At a server.
   *
   * @param server such as http://127.0.0.1:5000
   */
  MlflowSink(URI server) {
    this.server = server;
    this.client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  @Override
  public String name() {
    return "MLflow at " + server;
  }

  @Override
  public void take(Figures figures) throws IOException, InterruptedException {
    String run = run(figures.run());
    List<Map<String, Object>> metrics = new ArrayList<>();
    Map<String, Told> now = new HashMap<>();
    for (Map.Entry<String, Double> value : figures.values().entrySet()) {
      String key = allowed(figures.concept() + "/" + value.getKey());
      Told what = new Told(figures.step(), value.getValue());
      if (!history(run, key).contains(what)) {
        now.put(key, what);
        metrics.add(metric(key, what));
      }
    }
    List<Map<String, String>> tags = verdict(run, figures);
    if (!metrics.isEmpty() || !tags.isEmpty()) {
      post("runs/log-batch", Map.of("run_id", run, "metrics", metrics, "tags", tags));
      for (Map.Entry<String, Told> one : now.entrySet()) {
        history(run, one.getKey()).add(one.getValue());
      }
      tags.forEach(tag -> verdicts.put(run + " " + tag.get("key"), said(figures)));
    }
  }

  private static Map<String, Object> metric(String key, Told what) {
    return Map.of(
        "key", key,
        "value", what.value(),
        "timestamp", Instant.now().toEpochMilli(),
        "step", what.step());
  }

  /** Of the latest step alone: a tag has one value. */
  private List<Map<String, String>> verdict(String run, Figures figures) {
    String key = allowed(figures.concept() + ".verdict");
    Said latest = verdicts.get(run + " " + key);
    boolean known =
        latest != null && (latest.step() > figures.step() || latest.equals(said(figures)));
    return figures.verdict() == null || known
        ? List.of()
        : List.of(Map.of("key", key, "value", figures.verdict() + " at step " + figures.step()));
  }

  private static Said said(Figures figures) {
    return new Said(figures.step(), figures.verdict());
  }

  /** What the server has of a metric: asked once, as nobody else writes it. */
  private Set<Told> history(String run, String key) throws IOException, InterruptedException {
    Set<Told> known = told.get(run + " " + key);
    if (known == null) {
      known = new HashSet<>();
      String page = "";
      do {
        JsonNode answer =
            get(
                "metrics/get-history?run_id="
                    + encoded(run)
                    + "&metric_key="
                    + encoded(key)
                    + page(page));
        for (JsonNode metric : answer.path("metrics")) {
          known.add(new Told(metric.path("step").asLong(), metric.path("value").asDouble()));
        }
        page = answer.path("next_page_token").asText();
      } while (!page.isEmpty());
      told.put(run + " " + key, known);
    }
    return known;
  }

  private String run(String name) throws IOException, InterruptedException {
    String id = runs.get(name);
    if (id == null) {
      id = found(name);
      runs.put(name, id);
    }
    return id;
  }

  private String found(String name) throws IOException, InterruptedException {
    String page = "";
    do {
      Map<String, Object> question = new HashMap<>();
      question.put("experiment_ids", List.of(experiment()));
      question.put("max_results", RUNS_OF_A_PAGE);
      if (!page.isEmpty()) {
        question.put("page_token", page);
      }
      JsonNode answer = post("runs/search", question);
      for (JsonNode run : answer.path("runs")) {
        for (JsonNode tag : run.path("data").path("tags")) {
          if (tag.path("key").asText().equals(RUN_TAG) && tag.path("value").asText().equals(name)) {
            return run.path("info").path("run_id").asText();
          }
        }
      }
      page = answer.path("next_page_token").asText();
    } while (!page.isEmpty());
    JsonNode made =
        post(
            "runs/create",
            Map.of(
                "experiment_id", experiment(),
                "run_name", name,
                "start_time", Instant.now().toEpochMilli(),
                "tags", List.of(Map.of("key", RUN_TAG, "value", name))));
    return made.path("run").path("info").path("run_id").asText();
  }

  private String experiment() throws IOException, InterruptedException {
    if (experiment == null) {
      HttpResponse<String> answer =
          send(request("experiments/get-by-name?experiment_name=" + EXPERIMENT).GET());
      experiment =
          answer.statusCode() == NOT_FOUND
              ? post("experiments/create", Map.of("name", EXPERIMENT))
                  .path("experiment_id")
                  .asText()
              : checked(answer).path("experiment").path("experiment_id").asText();
    }
    return experiment;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return checked(send(request(path).GET()));
  }

  private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return checked(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))));
  }

  private HttpRequest.Builder request(String path) {
    String base = server.toString().replaceFirst("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + "/api/2.0/mlflow/" + path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode checked(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() >= FIRST_REFUSAL) {
      throw new IOException(
          "%s answered %d: %s"
              .formatted(
                  answer.uri(),
                  answer.statusCode(),
                  answer.body().substring(0, Math.min(MOST_TOLD, answer.body().length()))));
    }
    try {
      return json.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IOException(answer.uri() + " does not answer in JSON: is this MLflow?", e);
    }
  }

  private static String page(String token) {
    return token.isEmpty() ? "" : "&page_token=" + encoded(token);
  }

  /** MLflow takes letters, digits, and these alone, in the names of metrics and tags. */
  private static String allowed(String name) {
    return name.replaceAll("[^\\w\\-. /]", "_");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
