package io.salient.standalone.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.ranking.view.CompareView;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.RecordedResults;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  @Test
  void shouldHaveWordsForEveryVerdictThatRecordsMayHave() {
    NeuronDrift drift =
        RecordedResults.read().stream()
            .filter(NeuronDrift.class::isInstance)
            .map(NeuronDrift.class::cast)
            .findFirst()
            .orElseThrow();

    assertThat(Verdict.values())
        .extracting(
            verdict -> {
              drift.setVerdict(verdict);
              return Verdicts.of(CompareView.of(drift).judged().verdict()).name();
            })
        .containsExactlyElementsOf(Arrays.stream(Verdict.values()).map(Enum::name).toList());
    assertThat(Verdicts.values()).hasSameSizeAs(Verdict.values());
  }

  @Test
  void shouldNotKnowAVerdictThatThereIsNot() {
    assertThat(Verdicts.of(null).label()).isEqualTo("no verdict");
    assertThatThrownBy(() -> Verdicts.of("lost")).hasMessage("no verdict is called lost");
  }
}
