package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ranking.LabelRanking;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolysemyTest {
  @Test
  void shouldFindNeuronsInTheMassSetsOfSeveralLabels() {
    // given: half of the mass of each label lies on its first one or two neurons
    Polysemy polysemy = new Polysemy(5, 0.5);
    polysemy.add(3, LabelRanking.of(new float[] {4, -3, 0, 1, 0}));
    polysemy.add(5, LabelRanking.of(new float[] {0.1f, 3, 0, 3, 0.1f}));
    polysemy.add(8, LabelRanking.of(new float[] {0, -9, 1, 0, 1}));
    polysemy.add(9, LabelRanking.of(new float[] {-9, 0, 1, 0, 1}));

    // then: the first label's set is {0}, as 4 of 8 is half
    assertThat(polysemy.shared())
        .containsExactly(
            new Polysemy.Shared(0, List.of(3, 9)), new Polysemy.Shared(1, List.of(5, 8)));
  }

  @Test
  void shouldPutTheNeuronOfMostLabelsFirstAndIgnoreRowsOfZeros() {
    Polysemy polysemy = new Polysemy(3, 0.5);
    for (int label = 0; label < 2; label++) {
      polysemy.add(label, LabelRanking.of(new float[] {2, 2, 0}));
    }
    for (int label = 2; label < 5; label++) {
      polysemy.add(label, LabelRanking.of(new float[] {0, 2, 0}));
    }
    polysemy.add(5, LabelRanking.of(new float[] {0, 0, 0}));

    assertThat(polysemy.shared())
        .containsExactly(
            new Polysemy.Shared(1, List.of(2, 3, 4)), new Polysemy.Shared(0, List.of(0, 1)));
  }
}
