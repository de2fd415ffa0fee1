package io.salient.ranking.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fields that the command line and the REST interface promise. */
class JsonShapeTest {
  private final ResultStream results = ResultFeed.view();
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void shouldRankAsPromised() {
    // given
    ResultFeed.feed(results, Probes.atStep(20));

    // when
    JsonNode rank =
        json.valueToTree(RankView.of(List.of(results.neurons("run", "upos", 20).orElseThrow()), 2));

    // then
    assertThat(names(rank))
        .containsExactly(
            "run",
            "step",
            "checkpointId",
            "corpus",
            "words",
            "layers",
            "layerNumbers",
            "hidden",
            "provenance",
            "concepts");
    assertThat(names(rank.get("provenance")))
        .containsExactly(
            "version",
            "checkpointUri",
            "modelType",
            "weights",
            "corpus",
            "corpusHash",
            "aggregation",
            "seed",
            "settings");
    JsonNode concept = rank.get("concepts").get(0);
    assertThat(names(concept))
        .contains(
            "concept",
            "labels",
            "accuracy",
            "macroF1",
            "majority",
            "certificate",
            "final",
            "ranking",
            "reproducibility",
            "reproducibilityReason",
            "perLabel",
            "layerHistogram")
        .doesNotContain("isFinal");
    assertThat(concept.get("ranking")).hasSize(2);
    assertThat(names(concept.get("ranking").get(0)))
        .containsExactly("rank", "layer", "unit", "score");
    JsonNode label = concept.get("perLabel").get(0);
    assertThat(names(label)).contains("label", "count", "precision", "recall", "f1", "neurons");
    assertThat(names(label.get("neurons").get(0)))
        .containsExactly("layer", "unit", "weight", "mass");
    assertThat(rank.get("words").asInt()).isEqualTo(120);
  }

  @Test
  void shouldShowEvaluationsAsPromised() {
    // given
    ResultFeed.feed(results, driver -> EvaluatedProbe.send(driver, Probes.atStep(20)));

    // when
    JsonNode concept =
        tree(
            json.valueToTree(
                    RankView.Concept.of(results.neurons("run", "upos", 20).orElseThrow(), 2))
                .toString());

    // then
    assertThat(concept.get("selectivity"))
        .isEqualTo(
            tree(
                """
                {"accuracy": 0.88, "control": 0.5, "mean": 0.38, "low": 0.3, "high": 0.46, "draws": 3,
                 "seenWords": 90, "seenAccuracy": 0.9, "seenControl": 0.6}
                """));
    assertThat(concept.get("ablation"))
        .isEqualTo(
            tree(
                """
                [{"kept": 0.2, "neurons": 2, "top": 0.8, "random": 0.5, "bottom": 0.2}]
                """));
    assertThat(concept.get("minimalSet"))
        .isEqualTo(
            tree(
                """
                {"size": 3, "delta": 0.01, "relative": false, "devAccuracy": 0.87,
                 "lossBound": 0.009, "testAccuracy": 0.86, "randomAccuracy": 0.7, "bottomAccuracy": 0.6,
                 "layerHistogram": [0, 1, 2], "meanLayer": 1.5, "layerEntropy": 0.9,
                 "grid": [{"size": 3, "devAccuracy": 0.87, "smoothed": 0.865, "lossBound": 0.009,
                           "testAccuracy": 0.86}],
                 "disjoint": [{"size": 5, "devAccuracy": 0.86, "testAccuracy": null}]}
                """));
    assertThat(concept.get("layerwise"))
        .isEqualTo(tree("[{\"layer\": 0, \"accuracy\": 0.7}, {\"layer\": 1, \"accuracy\": null}]"));
    assertThat(concept.get("topWords"))
        .isEqualTo(
            tree(
                """
                [{"layer": 1, "unit": 2, "words": [{"word": "cat", "score": 2.5, "count": 3}],
                  "sentences": [{"sentence": 4, "firstWord": 40, "words": ["a", "cat"],
                                 "activations": [null, 2.5]}]}]
                """));
    assertThat(concept.get("evaluationSeconds")).isEqualTo(tree("{\"masking\": 0.25}"));
    assertThat(concept.get("perLabel").get(0).get("precision").asDouble()).isEqualTo(0.75);
    assertThat(concept.get("polysemous").get(0))
        .isEqualTo(tree("{\"layer\": 1, \"unit\": 2, \"labels\": [\"A\", \"B\", \"C\"]}"));
  }

  @Test
  void shouldHaveNoEvaluationsWhereThereAreNone() {
    ResultFeed.feed(results, Probes.atStep(20));

    JsonNode concept =
        json.valueToTree(RankView.Concept.of(results.neurons("run", "upos", 20).orElseThrow(), 2));

    assertThat(concept.get("selectivity").isNull()).isTrue();
    assertThat(concept.get("minimalSet").isNull()).isTrue();
    assertThat(concept.get("ablation")).isEmpty();
    assertThat(concept.get("layerwise")).isEmpty();
    assertThat(concept.get("topWords")).isEmpty();
    assertThat(concept.get("evaluationSeconds")).isEmpty();
  }

  /** As text: numbers of one value are equal whatever type Java had for them. */
  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Test
  void shouldCompareAsPromised() {
    // given
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));

    // when
    JsonNode compare =
        json.valueToTree(CompareView.of(results.drift("run", "upos", 20).getFirst()));

    // then
    assertThat(names(compare))
        .containsExactly(
            "concept",
            "stepA",
            "stepB",
            "checkpointA",
            "checkpointB",
            "final",
            "top",
            "jaccard",
            "jaccardChance",
            "rbo",
            "rboP",
            "spearman",
            "meanLayerShift",
            "wasserstein",
            "accuracyA",
            "accuracyB",
            "transferAccuracy",
            "entered",
            "left",
            "judgement",
            "place",
            "knowledge",
            "verdict",
            "verdictReason",
            "noisePending",
            "perLabel",
            "weightsA",
            "weightsB",
            "notes",
            "relative");
    assertThat(compare.get("weightsA")).isEqualTo(tree("{\"dtype\": \"bfloat16\"}"));
    assertThat(compare.get("notes")).isEmpty();
    assertThat(compare.get("accuracyA").asDouble()).isEqualTo(0.9);
    assertThat(compare.get("accuracyB").asDouble()).isEqualTo(0.88);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
