package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ranking.LcaRanker;
import io.salient.ranking.Probes;
import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.PolysemousNeuron;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The neurons of each label, and what labels share. */
class LabelNeuronsTest {
  private final RankingDriver driver = new RankingDriver(5);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldListTheNeuronsOfALabelByWeight() {
    // given
    Probes fit = Probes.atStep(0);
    float[] weights = {0, -4, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0};

    // when
    driver.send(fit.key(), fit.classProbe(0, weights));
    driver.send(fit.key(), fit.classProbe(1));
    driver.send(fit.key(), fit.classProbe(2));
    driver.send(fit.key(), fit.report());

    // then
    LabelNeurons label = driver.neurons(0).getPerLabel().getFirst();
    assertThat(label.getCount()).isEqualTo(30);
    assertThat(label.getMassSetSize()).isEqualTo(1);
    assertThat(label.getNeurons())
        .extracting(n -> n.getLayer() + "." + n.getUnit())
        .containsExactly("0.1", "1.0", "2.2");
    assertThat(label.getNeurons()).extracting(n -> n.getWeight()).containsExactly(-4f, 3f, 1f);
    assertThat(label.getNeurons()).extracting(n -> n.getMass()).containsExactly(0.5, 0.875, 1.0);
  }

  @Test
  void shouldLeaveRareLabelsOutOfTheUnionAndSaySo() {
    // given
    Probes fit = Probes.atStep(20);
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setLabels(List.of(Probes.label("A", 30), Probes.label("B", 19), Probes.label("C", 20)))
            .build());

    // then
    int[] order = LcaRanker.rank(fit.weights(), new int[] {30, 19, 20}, 20).orElseThrow().top(5);
    assertThat(driver.neurons(20).getRanking())
        .extracting(n -> n.getLayer() * Probes.HIDDEN + n.getUnit())
        .containsExactly(order[0], order[1], order[2], order[3], order[4]);
    assertThat(driver.neurons(20).getPerLabel())
        .extracting(LabelNeurons::getBelowMinimum)
        .containsExactly(false, true, false);
  }

  @Test
  void shouldSayWhichLabelsAreLost() {
    // given: B has no weight
    Probes fit = Probes.atStep(0);
    driver.send(fit.key(), fit.classProbe(0));
    driver.send(fit.key(), fit.classProbe(1, new float[Probes.WIDTH]));
    driver.send(fit.key(), fit.classProbe(2));

    // when: the report comes, and once more with what the baseline's probe says
    driver.send(fit.key(), fit.report());
    driver.send(fit.key(), fit.reportBuilder().setTransferAccuracy(0.5).build());

    // then
    assertThat(driver.neurons(0).getReport().getNotes())
        .containsOnlyOnce("lost to this probe, all weights are zero: B");
  }

  @Test
  void shouldRankNoNeuronWithoutWeight() {
    // given: two neurons have weight
    Probes fit = Probes.atStep(0);
    float[] weights = new float[Probes.WIDTH];
    weights[7] = 2;
    weights[3] = 1;
    driver.send(fit.key(), fit.classProbe(0, weights));
    driver.send(fit.key(), fit.classProbe(1, weights));
    driver.send(fit.key(), fit.classProbe(2, weights));

    // when
    driver.send(fit.key(), fit.report());

    // then
    assertThat(driver.neurons(0).getRanking()).hasSize(2);
    assertThat(driver.neurons(0).getHistogramSize()).isEqualTo(2);
    assertThat(driver.neurons(0).getLayerHistogram().stream().mapToInt(i -> i).sum()).isEqualTo(2);
  }

  @Test
  void shouldListNeuronsOfSeveralLabels() {
    // given: A and B share neuron (1, 2), B and a rare label C share (2, 0)
    Probes fit = Probes.atStep(20);
    float[] both = new float[Probes.WIDTH];
    both[6] = 3;
    float[] second = both.clone();
    second[8] = -2.9f;
    float[] rare = new float[Probes.WIDTH];
    rare[8] = 1;
    driver.send(fit.key(), fit.classProbe(0, both));
    driver.send(fit.key(), fit.classProbe(1, second));
    driver.send(fit.key(), fit.classProbe(2, rare));

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setLabels(List.of(Probes.label("A", 30), Probes.label("B", 30), Probes.label("C", 19)))
            .build());

    // then
    assertThat(driver.neurons(20).getPolysemous())
        .containsExactly(new PolysemousNeuron(1, 2, List.of(0, 1)));
    assertThat(driver.neurons(20).getPolysemousCount()).isEqualTo(1);
  }
}
