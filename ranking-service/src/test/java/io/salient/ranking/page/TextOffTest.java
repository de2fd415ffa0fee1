package io.salient.ranking.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that is told of results holds words of the corpus where that is not wanted. */
@QuarkusTest
@TestProfile(TextOffTest.Off.class)
class TextOffTest extends InBrowser {
  private static final String STEP = "/api/runs/demo/concepts/upos/steps/240";

  /** The setting. */
  public static class Off implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("salient.ranking.show-text", "false");
    }
  }

  private final Set<String> words = new HashSet<>();

  @BeforeEach
  void feed() throws IOException {
    RecordedRun.feed(results);
    ResultStream all = ResultFeed.view();
    RecordedRun.feed(all);
    all.neurons("demo", "upos", 240)
        .orElseThrow()
        .getReport()
        .getEvaluations()
        .getTopWords()
        .forEach(
            neuron -> {
              neuron.getWords().forEach(word -> words.add(word.getWord()));
              neuron.getSentences().forEach(sentence -> words.addAll(sentence.getWords()));
            });
    words.removeIf(word -> word.length() < 6); // shorter ones are names of fields, and in notes
    assertThat(words).as("the recorded run has words").hasSizeGreaterThan(5);
  }

  @Test
  void shouldLeaveThemOutOfEveryAnswer() {
    for (String path :
        List.of(
            STEP,
            STEP + "?format=csv",
            STEP + "/neurons",
            STEP + "/neurons?format=csv",
            STEP + "/ranks",
            "/api/runs/demo",
            "/api/runs/demo/concepts/upos",
            "/api/overview/demo")) {
      wordless(given().get(path).then().statusCode(200).extract().asString());
    }
    int layer = given().get(STEP + "/neurons").path("neurons[0].layer");
    int unit = given().get(STEP + "/neurons").path("neurons[0].unit");
    wordless(
        given()
            .get(STEP + "/neurons/" + layer + "/" + unit)
            .then()
            .statusCode(200)
            .extract()
            .asString());
    given().get(STEP + "/neurons?search=" + words.iterator().next()).then().statusCode(200);
  }

  @Test
  void shouldLeaveThemOutOfTheStream() throws Exception {
    URI stream = address.resolve("/api/stream?top=500");
    try (HttpClient client = HttpClient.newHttpClient();
        Stream<String> lines =
            client
                .send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofLines())
                .body()) {
      Iterator<String> data = lines.filter(line -> line.startsWith("data:")).iterator();
      for (int known = results.keys().size(); known > 0; known--) {
        wordless(data.next());
      }
      client.shutdownNow();
    }
  }

  @Test
  void shouldSaySoOnThePage() {
    Chromium.Tab tab = open("#view=neurons&run=demo&concept=upos", 1440, 900);
    assertThat(tab.page.locator("#list thead")).containsText("switched off");
    tab.page.locator("#list tbody tr").first().locator("a").first().click();
    assertThat(tab.page.locator("#neuron-words")).containsText("salient.ranking.show-text");
    assertThat(tab.page.locator("#neuron-sentences .word")).hasCount(0);
    assertThat(tab.errors).isEmpty();
  }

  /** As a value of JSON, or in a cell of CSV, which has several. */
  private void wordless(String text) {
    assertThat(words)
        .noneMatch(word -> text.contains("\"" + word + "\"") || text.contains(" " + word + " "));
  }
}
