package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisTest {
  @Test
  void shouldReadNamesAndTheTwoSets() {
    assertThat(Analysis.named(List.of("fast")))
        .containsExactlyInAnyOrder(
            Analysis.COUNTS,
            Analysis.LAYER_HISTOGRAM,
            Analysis.POLYSEMY,
            Analysis.SELECTIVITY,
            Analysis.MASKING);
    assertThat(Analysis.named(List.of("full"))).containsExactlyInAnyOrder(Analysis.values());
    assertThat(Analysis.named(List.of("masking", "top-words")))
        .containsExactlyInAnyOrder(Analysis.MASKING, Analysis.TOP_WORDS);
    assertThat(Analysis.named(List.of())).isEmpty();
  }

  @Test
  void shouldSayWhichNamesThereAre() {
    assertThatThrownBy(() -> Analysis.named(List.of("fast", "Masking")))
        .hasMessage(
            "there is no evaluation \"Masking\": fast, full or some of counts, layer-histogram,"
                + " polysemy, selectivity, masking, layerwise, minimal-set, redundancy, top-words");
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    assertThatThrownBy(() -> new EvaluationSettings(Analysis.FAST, 0, 5, 0.01, false, 2, 20, 7))
        .hasMessage("controlDraws = 0.0 is out of range");
    assertThatThrownBy(() -> new EvaluationSettings(Analysis.FAST, 3, 5, 1, false, 2, 20, 7))
        .hasMessage("delta = 1.0 is out of range");
  }
}
