package io.salient.ranking.api;

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
            "run", "step", "checkpointId", "corpus", "words", "layers", "hidden", "concepts");
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
            "perLabel",
            "layerHistogram")
        .doesNotContain("isFinal");
    assertThat(concept.get("ranking")).hasSize(2);
    assertThat(names(concept.get("ranking").get(0)))
        .containsExactly("rank", "layer", "unit", "score");
    JsonNode label = concept.get("perLabel").get(0);
    assertThat(names(label)).contains("label", "count", "neurons");
    assertThat(names(label.get("neurons").get(0)))
        .containsExactly("layer", "unit", "weight", "mass");
    assertThat(rank.get("words").asInt()).isEqualTo(120);
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
        .contains(
            "concept",
            "jaccard",
            "rbo",
            "spearman",
            "meanLayerShift",
            "wasserstein",
            "accuracyA",
            "accuracyB",
            "transferAccuracy",
            "entered",
            "left");
    assertThat(compare.get("accuracyA").asDouble()).isEqualTo(0.9);
    assertThat(compare.get("accuracyB").asDouble()).isEqualTo(0.88);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
