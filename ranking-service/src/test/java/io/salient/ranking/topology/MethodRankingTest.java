package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.NeuroxRanker;
import io.salient.ranking.Probes;
import io.salient.schemas.LevelCodec;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rankings by the method that the report names. */
class MethodRankingTest {
  private final RankingDriver driver = new RankingDriver(5);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldRankInTheStepsOfNeuroxWhereTheReportSaysSo() {
    // given
    Probes fit = Probes.atStep(20);
    NeuroxRanker expected = new NeuroxRanker(Probes.WIDTH);
    Arrays.stream(fit.weights()).forEach(expected::add);

    // when
    sendRankedBy(fit, "neurox");

    // then
    assertThat(ranking(20)).isEqualTo(expected.ranking().orElseThrow().top(5));
  }

  @Test
  void shouldAddUpTheDistancesOfTheLabelsForProbeless() {
    // given
    Probes fit = Probes.atStep(20);
    float[] sums = new float[Probes.WIDTH];
    for (float[] row : fit.weights()) {
      for (int d = 0; d < sums.length; d++) {
        sums[d] += row[d] / 2;
      }
    }

    // when
    sendRankedBy(fit, "probeless");

    // then
    assertThat(ranking(20)).isEqualTo(NeuronRanking.ofSaliences(sums).top(5));
    assertThat(driver.neurons(20).getReport().getMethod()).isEqualTo("probeless");
  }

  @Test
  void shouldRankByTheContributionsOfTheReport() {
    // given: neurons 3 and 5 contribute; of all others 0 is nearest to a weight
    Probes fit = Probes.atStep(20);
    float[] contributions = new float[Probes.WIDTH];
    contributions[3] = 0.25f;
    contributions[5] = 2;
    float[] levels = new float[Probes.WIDTH];
    levels[0] = 0.5f;

    // when
    send(fit, "contribution", contributions, levels);

    // then
    assertThat(ranking(20)).containsExactly(5, 3);
    SalientNeurons neurons = driver.neurons(20);
    assertThat(neurons.getRanking().getFirst().getScore()).isEqualTo(2);
    assertThat(neurons.getHistogramSize()).isEqualTo(2);
    assertThat(neurons.getReport().getContributions().remaining()).isZero();
    assertThat(neurons.getReport().getEntryLevels().remaining()).isZero();
    assertThat(neurons.getPerLabel().getFirst().getNeurons()).isNotEmpty();
  }

  @Test
  void shouldRefuseContributionsThatDoNotFit() {
    Probes fit = Probes.atStep(20);
    float[] none = new float[0];
    float[] negative = new float[Probes.WIDTH];
    negative[7] = -1;
    float[] unknown = new float[Probes.WIDTH];
    unknown[7] = Float.NaN;

    send(fit, "contribution", none, none);
    send(fit, "lca", new float[Probes.WIDTH - 1], none);
    send(fit, "contribution", negative, none);
    send(fit, "contribution", unknown, none);
    send(fit, "lca", none, new float[1]);

    assertThat(driver.deadLetters()).hasSize(5);
    assertThat(driver.results()).isEmpty();
  }

  @Test
  void shouldRefuseAMethodThatIsNotKnown() {
    // given
    Probes fit = Probes.atStep(20);

    // when
    sendRankedBy(fit, "astrology");

    // then
    assertThat(driver.deadLetters()).hasSize(1);
    assertThat(driver.results()).isEmpty();
  }

  @Test
  void shouldCallNoNeuronPolysemousByAMethodThatDoesNotTellLabelsApart() {
    // given: every label has the same scores
    Probes fit = Probes.atStep(20);
    for (int label = 0; label < 3; label++) {
      driver.send(fit.key(), fit.classProbe(label, fit.weights()[0]));
    }

    // when
    driver.send(fit.key(), fit.reportBuilder().setMethod("gaussian").build());

    // then
    assertThat(driver.neurons(20).getPolysemousCount()).isZero();
    assertThat(driver.neurons(20).getRanking()).isNotEmpty();
  }

  private void send(Probes fit, String method, float[] contributions, float[] levels) {
    for (int label = 0; label < Probes.LABELS.size(); label++) {
      driver.send(fit.key(), fit.classProbe(label));
    }
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setMethod(method)
            .setContributions(WeightCodec.encode(contributions))
            .setEntryLevels(LevelCodec.encode(levels))
            .build());
  }

  private void sendRankedBy(Probes fit, String method) {
    for (int label = 0; label < Probes.LABELS.size(); label++) {
      driver.send(fit.key(), fit.classProbe(label));
    }
    driver.send(fit.key(), fit.reportBuilder().setMethod(method).build());
  }

  private int[] ranking(long step) {
    return driver.neurons(step).getRanking().stream()
        .mapToInt(n -> n.getLayer() * Probes.HIDDEN + n.getUnit())
        .toArray();
  }
}
