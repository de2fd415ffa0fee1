package io.salient.ranking.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.schemas.ResultKey;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Neurons over HTTP: tables, ranks over steps, one neuron; and answers that did not change. */
@QuarkusTest
class NeuronsTest {
  private static final String STEP = "/api/runs/run/concepts/upos/steps/20";

  @Inject ResultStream results;

  @BeforeEach
  void feed() {
    ResultFeed.feed(results, Probes.atStep(0).asBaseline(), Probes.atStep(20));
    ResultFeed.feed(results, Probes.atStep(60).ofRun("other"));
    ResultFeed.feed(results, driver -> driver.send("run", Probes.atStep(20).clusters()));
  }

  @AfterEach
  void leaveNothing() {
    results.keys().stream()
        .map(ResultKey::text)
        .forEach(key -> ResultFeed.feed(results, key, null));
  }

  @Test
  void shouldGiveNeuronsPageByPageBesideTheBaseline() {
    ValidatableResponse all = ok(STEP + "/neurons");
    int listed = all.extract().path("listed");
    all.body("baselineStep", equalTo(0))
        .body("label", nullValue())
        .body("labels", contains("A", "B", "C"))
        .body("total", equalTo(listed))
        .body("neurons", hasSize(listed))
        .body("neurons.entered", everyItem(notNullValue()));

    ValidatableResponse part = ok(STEP + "/neurons?offset=2&limit=3");
    part.body("offset", equalTo(2)).body("neurons.rank", contains(3, 4, 5));
    assertThat(part.extract().<List<?>>path("neurons"))
        .isEqualTo(all.extract().<List<?>>path("neurons").subList(2, 5));
    ok(STEP + "/neurons?offset=2147483647").body("neurons", empty()).body("total", equalTo(listed));
    ok("/api/runs/run/concepts/upos/steps/0/neurons")
        .body("baselineStep", nullValue())
        .body("left", empty());
  }

  @Test
  void shouldGiveTheNeuronsOfALabelWithWeightAndMass() {
    ValidatableResponse of = ok(STEP + "/neurons?label=B");
    of.body("label", equalTo("B")).body("neurons[0].score", nullValue());
    float[] weights = Probes.atStep(20).weights()[1];
    int layer = of.extract().path("neurons[0].layer");
    int unit = of.extract().path("neurons[0].unit");
    float strongest = weights[layer * Probes.HIDDEN + unit];
    of.body("neurons[0].weight", equalTo(strongest));
    for (float weight : weights) {
      assertThat(Math.abs(weight)).isLessThanOrEqualTo(Math.abs(strongest));
    }
    given()
        .get(STEP + "/neurons?label=Z")
        .then()
        .statusCode(404)
        .body("code", equalTo("no-such-label"));
  }

  @Test
  void shouldFindByNeuronLayerUnitAndLabelAndOrder() {
    ok(STEP + "/neurons?search=1:").body("neurons.layer", everyItem(equalTo(1)));
    ok(STEP + "/neurons?search=:2").body("neurons.unit", everyItem(equalTo(2)));
    int layer = ok(STEP + "/neurons").extract().path("neurons[0].layer");
    int unit = ok(STEP + "/neurons").extract().path("neurons[0].unit");
    ok(STEP + "/neurons?search=" + layer + ":" + unit).body("neurons.rank", contains(1));
    ok(STEP + "/neurons?search=a")
        .body("neurons.labels", everyItem(org.hamcrest.Matchers.hasItem("A")));
    ok(STEP + "/neurons?search=999999999:").body("total", equalTo(0));
    List<Integer> layers = ok(STEP + "/neurons?order=place").extract().path("neurons.layer");
    assertThat(layers).isSorted();
    List<Integer> ranks = ok(STEP + "/neurons?label=A&order=moved").extract().path("neurons.rank");
    assertThat(ranks)
        .containsExactlyInAnyOrderElementsOf(
            ok(STEP + "/neurons?label=A").extract().<List<Integer>>path("neurons.rank"));
  }

  @Test
  void shouldGiveCsvByParameterOrHeader() {
    String byParameter = given().get(STEP + "/neurons?label=A&format=csv").asString();
    String byHeader = given().accept("text/csv").get(STEP + "/neurons?label=A").asString();

    assertThat(byParameter)
        .isEqualTo(byHeader)
        .startsWith("concept,label,step,rank,layer,unit,score,weight,mass,baseline_rank,entered");
    assertThat(byParameter.lines().skip(1)).allMatch(line -> line.startsWith("\"upos\",\"A\",20,"));
  }

  @Test
  void shouldGiveRanksOverSteps() {
    List<Integer> before =
        ok("/api/runs/run/concepts/upos/steps/0/ranks?top=3").extract().path("neurons.ranks[0]");
    assertThat(before.getFirst()).isEqualTo(1);
    ok(STEP + "/ranks?top=3")
        .body("steps.step", contains(0, 20))
        .body("neurons", hasSize(3))
        .body("neurons.ranks.collect { it[1] }", contains(1, 2, 3));
    ok(STEP + "/ranks?label=C").body("neurons[0].ranks[1]", equalTo(1));
  }

  @Test
  void shouldGiveAllOfOneNeuron() {
    ok(STEP + "/neurons/1/3")
        .body("concepts.concept", contains("upos"))
        .body("ranks.steps.step", contains(0, 20))
        .body("words", nullValue())
        .body("cluster.cluster", equalTo(1))
        .body("cluster.neurons", hasSize(2))
        .body("otherRuns.run", contains("other"))
        .body("otherRuns[0].step", equalTo(60));
    given()
        .get(STEP + "/neurons/3/0")
        .then()
        .statusCode(404)
        .body("code", equalTo("no-such-neuron"))
        .body("detail", containsString("layers are [0, 1, 2], units 0 to 3"));
  }

  @Test
  void shouldSayThatNothingChanged() {
    // given
    String tag = given().get(STEP).then().statusCode(200).extract().header("ETag");

    // when, then: nothing did
    given().header("If-None-Match", tag).get(STEP).then().statusCode(304).body(equalTo(""));

    // and: something did, in another run
    ResultFeed.feed(results, Probes.atStep(80).ofRun("other"));
    given().header("If-None-Match", tag).get(STEP).then().statusCode(304);
    given().header("If-None-Match", tag).get("/api/runs").then().statusCode(200);
    given().header("If-None-Match", tag).get(STEP + "/neurons/1/2").then().statusCode(200);

    // and: in this one
    ResultFeed.feed(results, Probes.atStep(60));
    given()
        .header("If-None-Match", tag)
        .get(STEP)
        .then()
        .statusCode(200)
        .header("ETag", org.hamcrest.Matchers.not(tag));
    given()
        .header("If-None-Match", "*")
        .get("/api/runs/nobody")
        .then()
        .statusCode(org.hamcrest.Matchers.lessThan(500));
  }

  private static ValidatableResponse ok(String path) {
    return given().get(path).then().statusCode(200);
  }
}
