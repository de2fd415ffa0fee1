package io.salient.ranking.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.AlarmView;
import io.salient.ranking.view.ChangeView;
import io.salient.schemas.ResultKey;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.Verdict;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The interface over HTTP, on a view that is fed by hand: no broker. */
@QuarkusTest
class RestTest {
  private static final String STEP = "/api/runs/run/concepts/upos/steps/20";

  @Inject ResultStream results;

  @TestHTTPResource("/api/stream")
  URI stream;

  @BeforeEach
  void feed() {
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));
    ResultFeed.feed(results, Probes.atStep(60).status(Stage.EXTRACTING, 3));
  }

  @Test
  void shouldListRuns() {
    given().get("/api/runs").then().statusCode(200).body("run", contains("run"));
    given()
        .get("/api/runs/run")
        .then()
        .statusCode(200)
        .body("concepts", contains("upos"))
        .body("baselineStep", equalTo(0))
        .body("steps.step", contains(0, 20, 60))
        .body("steps[2].stage", equalTo("EXTRACTING"))
        .body("steps[2].rowsSeen", equalTo(30))
        .body("steps[2].at", equalTo("2026-01-01T00:00:03Z"))
        .body("steps[1].concepts[0].final", equalTo(true));
  }

  @Test
  void shouldShowARunInShort() {
    given()
        .get("/api/overview")
        .then()
        .statusCode(200)
        .body("run", contains("run"))
        .body("[0].checkpoints", equalTo(3))
        .body("[0].lastStep", equalTo(60))
        .body("[0].at", equalTo("2026-01-01T00:00:03Z"));
    given()
        .get("/api/overview/run")
        .then()
        .statusCode(200)
        .body("position", equalTo(results.position().text()))
        .body("baselineStep", equalTo(0))
        .body("checkpoints.step", contains(0, 20, 60))
        .body("checkpoints[2].rowsSeen", equalTo(30))
        .body("concepts.concept", contains("upos"))
        .body("concepts[0].points.step", contains(0, 20))
        .body("concepts[0].points[0].drift", nullValue())
        .body("concepts[0].points[1].accuracy", equalTo(0.88f))
        .body("concepts[0].points[1].drift.checkpointId", equalTo("id20"));
    notFound("/api/overview/nobody", "Nothing is known of run nobody");
    given().get("/api/overview/%3Cscript").then().statusCode(400);
  }

  @Test
  void shouldShowAConceptOverItsSteps() {
    given()
        .get("/api/runs/run/concepts/upos")
        .then()
        .statusCode(200)
        .body("labels", contains("A", "B", "C"))
        .body("layers", equalTo(3))
        .body("steps.step", contains(0, 20))
        .body("steps[0].driftBaseline", nullValue())
        .body("steps[1].driftBaseline.otherStep", equalTo(0))
        .body("steps[1].final", equalTo(true));
  }

  @Test
  void shouldShowOneStepWithAllThatIsKnown() {
    given()
        .get(STEP + "?top=4")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("checkpointId", equalTo("id20"))
        .body("ranking.ranking", hasSize(4))
        .body("ranking.ranking[0].rank", equalTo(1))
        .body("ranking.perLabel.label", contains("A", "B", "C"))
        .body("ranking.layerHistogram", hasSize(3))
        .body("ranking.certificate.converged", equalTo(true))
        .body("ranking.final", equalTo(true))
        .body("words.truncated", equalTo(1))
        .body("driftBaseline.stepA", equalTo(0))
        .body("provenance.aggregation", equalTo("last"))
        .body("provenance.weights.dtype", equalTo("bfloat16"))
        .body("announcedAt", startsWith("2026-01-01T00:20"));
  }

  @Test
  void shouldShowWhatIsKnownBeforeAnyFit() {
    // given: nothing at first
    given().get("/api/runs/run/early-warnings").then().statusCode(200).body("", hasSize(0));
    ResultFeed.feed(
        results,
        driver ->
            Stream.of(Probes.atStep(20), Probes.atStep(60).seen(0.25f))
                .forEach(fit -> driver.send(fit.key(), fit.earlyWarning())));

    // then
    given()
        .get("/api/runs/run/early-warnings?top=3")
        .then()
        .statusCode(200)
        .body("tier", contains("early-warning"))
        .body("concept", contains("upos"))
        .body("[0].step", equalTo(60))
        .body("[0].coverage", equalTo(0.25f))
        .body("[0].otherStep", equalTo(20))
        .body("[0].layerNumbers", contains(0, 1, 2))
        .body("[0].methods.method", contains("probeless", "mean-select"))
        .body("[0].methods[0].ranking", hasSize(3))
        .body("[0].methods[0].changed", equalTo(0));
    given()
        .get("/api/runs/run/early-warnings?step=20")
        .then()
        .statusCode(200)
        .body("[0].otherStep", nullValue());
    notFound("/api/runs/nobody/early-warnings", "Nothing is known of run nobody");
    List.of(20, 60)
        .forEach(step -> ResultFeed.feed(results, "run/upos/" + step + "/early-warning", null));
  }

  @Test
  void shouldTellOfAlarms() {
    // given: nothing at first
    given().get("/api/runs/run/alarms").then().statusCode(200).body("", hasSize(0));
    given().get("/api/runs/run/concepts/upos").then().body("alarm", nullValue());
    ResultKey key = new ResultKey("run", "upos", ResultKey.NO_STEP, ResultKey.Kind.ALARM);

    // when
    ResultFeed.feed(results, key.text(), TopicSerdes.results().encode(alarm()));

    // then
    given()
        .get("/api/runs/run/alarms")
        .then()
        .statusCode(200)
        .body("concept", contains("upos"))
        .body("[0].raised", equalTo(true))
        .body("[0].step", equalTo(20))
        .body("[0].checkpointId", equalTo("id20"))
        .body("[0].baselineCheckpointId", equalTo("id0"))
        .body("[0].steps", contains(20))
        .body("[0].judgement.outcome", equalTo("moved"))
        .body("[0].verdict", equalTo("reordered"));
    given()
        .get("/api/runs/run/concepts/upos")
        .then()
        .body("alarm.step", equalTo(20))
        .body("steps.alarm", contains(false, true));
    ChangeView change = Changes.of(results, key, 5);
    assertThat(change.key()).isEqualTo("run/upos/-/alarm");
    assertThat(change.kind()).isEqualTo("alarm");
    assertThat(change.value()).isEqualTo(AlarmView.of(results.alarms("run").getFirst()));

    // and: taken back
    ResultFeed.feed(results, key.text(), null);
    given().get("/api/runs/run/alarms").then().statusCode(200).body("", hasSize(0));
    assertThat(Changes.of(results, key, 5).value()).isNull();
    notFound("/api/runs/nobody/alarms", "Nothing is known of run nobody");
  }

  private static DriftAlarm alarm() {
    RankingJudgement moved = new RankingJudgement();
    moved.setOutcome(Movement.MOVED);
    moved.setReason("limits");
    DriftAlarm alarm = new DriftAlarm();
    alarm.setRun("run");
    alarm.setConcept("upos");
    alarm.setState(AlarmState.RAISED);
    alarm.setStep(20);
    alarm.setCheckpointId("id20");
    alarm.setBaselineCheckpointId("id0");
    alarm.setSteps(List.of(20L));
    alarm.setJudgement(moved);
    alarm.setVerdict(Verdict.REORDERED);
    alarm.setProvenance(Probes.atStep(20).provenance());
    return alarm;
  }

  @Test
  void shouldSayWhatIsWrongWithRunsThatAreToBeCompared() {
    given()
        .get("/api/compare/seeds?runs=a&concept=upos")
        .then()
        .statusCode(400)
        .body("detail", containsString("runs must be two or more different runs"));
    given().get("/api/compare/seeds?runs=a,a&concept=upos").then().statusCode(400);
    given().get("/api/compare/seeds?runs=a,b&concept=upos&step=-1").then().statusCode(400);
  }

  @Test
  void shouldShowTheClustersOfAStep() {
    ResultFeed.feed(results, driver -> driver.send("run", Probes.atStep(20).clusters()));

    given()
        .get("/api/runs/run/steps/20/clusters")
        .then()
        .statusCode(200)
        .body("checkpointId", equalTo("id20"))
        .body("threshold", equalTo(0.5f))
        .body("clusters.cluster", contains(1, 2))
        .body("clusters[0].neurons.unit", contains(0, 3))
        .body("clusters[0].representative.layer", equalTo(1));
    notFound("/api/runs/run/steps/0/clusters", "salient.probe.cluster-threshold");
    notFound("/api/runs/nobody/steps/20/clusters", "Nothing is known of run nobody");
    ResultFeed.feed(results, "run/-/20/clusters", null);
  }

  @Test
  void shouldExportCsvByParameterOrHeader() {
    String byParameter = given().get(STEP + "?format=csv&top=2").then().extract().asString();
    String byHeader = given().accept("text/csv").get(STEP + "?top=2").then().extract().asString();

    assertThat(byParameter).isEqualTo(byHeader);
    assertThat(byParameter.lines())
        .hasSize(1 + 2 + 3 * 2)
        .startsWith("concept,label,rank,layer,unit,score,weight,mass,method,reproducibility")
        .anyMatch(line -> line.startsWith("\"upos\",\"A\",1,"));
  }

  @Test // I22
  void shouldRefuseParametersOutOfRange() {
    Stream.of(
            STEP + "?top=-1",
            STEP + "?top=0",
            STEP + "?top=1000000000",
            STEP + "?top=99999999999999999999",
            STEP + "?top=ten",
            STEP + "?format=xml",
            "/api/runs/run/concepts/upos/steps/-1",
            "/api/runs/run/concepts/upos/steps/x",
            "/api/runs/run/steps/x/clusters",
            "/api/runs/run/early-warnings?step=x",
            "/api/runs/run/early-warnings?top=0",
            "/api/runs/<script>alert(1)<%2Fscript>",
            "/api/runs/run/concepts/%22%3E%3Cimg",
            "/api/compare?runA=run&stepA=0&concept=upos",
            "/api/compare?stepA=0&stepB=1&concept=upos",
            "/api/compare?runA=run&stepA=0&stepB=20&concept=upos&top=501",
            "/api/stream?top=501")
        .forEach(
            path ->
                given()
                    .urlEncodingEnabled(false)
                    .get(path.replace("<", "%3C").replace(">", "%3E"))
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .header("X-Content-Type-Options", "nosniff")
                    .body("status", equalTo(400))
                    .body("title", equalTo("Bad request")));
  }

  @Test // I22
  void shouldSayWhatIsNotThere() {
    notFound("/api/runs/nobody", "Nothing is known of run nobody");
    notFound("/api/runs/nobody/concepts/upos/steps/20", "Nothing is known of run nobody");
    notFound("/api/runs/run/concepts/xpos", "ranked so far: [upos] at steps [0, 20]");
    notFound("/api/runs/run/concepts/upos/steps/21", "upos at step 21");
  }

  private static void notFound(String path, String detail) {
    given()
        .get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }

  @Test
  void shouldSayThatRankingsCannotBeComparedWithoutTheStream() {
    given()
        .get("/api/compare?runA=run&stepA=0&stepB=20&concept=upos")
        .then()
        .statusCode(503)
        .contentType("application/problem+json");
  }

  @Test
  void shouldStreamTheCurrentResultsAndThenTheirChanges() throws Exception {
    // given: a listener that has read all that is known
    HttpRequest request = HttpRequest.newBuilder(URI.create(stream + "?top=2")).build();
    try (HttpClient client = HttpClient.newHttpClient();
        Stream<String> lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      Iterator<String> events = lines.filter(line -> line.startsWith("data:")).iterator();
      for (int known = results.keys().size(); known > 0; known--) {
        assertThat(events.next()).contains("\"key\":\"run/");
      }

      // when
      ResultFeed.feed(results, Probes.atStep(60).status(Stage.FITTING, 4));

      // then
      assertThat(events.next()).contains("\"key\":\"run/-/60/status\"");
      client.shutdownNow();
    }
  }

  @Test
  void shouldGoOnAfterTheLastEventOfAStream() throws Exception {
    // given: a listener that left
    String last = results.position().text();
    ResultFeed.feed(results, Probes.atStep(60).status(Stage.FITTING, 4));

    // when, then: what changed since is told, and nothing else
    HttpRequest.Builder after = HttpRequest.newBuilder(stream).header("Last-Event-ID", last);
    assertThat(first(2, after.build()))
        .containsExactly("id:" + results.position().text(), "event:status");

    // and: where it is not known what changed, all is told, after a word of it
    HttpRequest lost = HttpRequest.newBuilder(URI.create(stream + "?after=another-7")).build();
    assertThat(first(2, lost))
        .containsExactly("id:" + results.position().life() + "-0", "event:reset");
  }

  /** The first lines of a stream that tell of events, without their data. */
  private static List<String> first(int count, HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        Stream<String> lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      List<String> first =
          lines
              .filter(line -> line.startsWith("event:") || line.startsWith("id:"))
              .limit(count)
              .toList();
      client.shutdownNow();
      return first;
    }
  }

  @Test
  void shouldSendEachEventAsJsonUnderItsKind() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(stream + "?top=2")).build();
    try (HttpClient client = HttpClient.newHttpClient();
        Stream<String> lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      Iterator<String> all = lines.dropWhile(line -> !line.startsWith("id:")).iterator();
      List<String> first = new ArrayList<>();
      for (String line = all.next(); !line.isEmpty() || first.isEmpty(); line = all.next()) {
        first.add(line);
      }
      client.shutdownNow();

      assertThat(first).contains("event:status");
      JsonPath data =
          new JsonPath(
              first.stream()
                  .filter(line -> line.startsWith("data:"))
                  .map(line -> line.substring(5))
                  .collect(Collectors.joining()));
      assertThat(data.getString("key")).isEqualTo("run/-/60/status");
      assertThat(data.getInt("value.rowsTotal")).isEqualTo(100);
    }
  }

  @Test // F21
  void shouldTakeItQuietlyThatListenersLeaveWhileEventsAreOnTheirWay() throws Exception {
    // given
    HttpRequest request = HttpRequest.newBuilder(URI.create(stream + "?top=500")).build();
    try (CapturedErrors errors = CapturedErrors.of("org.jboss.resteasy.reactive")) {
      // when
      for (int listener = 0; listener < 200; listener++) {
        try (HttpClient client = HttpClient.newHttpClient();
            Stream<String> lines =
                client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
          assertThat(lines.iterator().next()).isNotEmpty();
          client.shutdownNow();
        }
      }

      // then
      assertThat(errors.messages()).isEmpty();
    }
  }

  @Test
  void shouldDocumentItself() throws IOException {
    Path golden = Path.of("../docs/openapi.yaml");
    String document =
        given().accept("application/yaml").get("/q/openapi").then().extract().asString();
    if (Boolean.getBoolean("salient.golden.write")) {
      Files.writeString(golden, document);
    }
    assertThat(document).isEqualTo(Files.readString(golden));
  }
}
