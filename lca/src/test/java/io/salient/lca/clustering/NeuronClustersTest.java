package io.salient.lca.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.clustering.NeuronClusters.Cluster;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smile.stat.hypothesis.CorTest;

class NeuronClustersTest {
  private static final int WORDS = 5_000;
  private static final int[] ROWS = IntStream.range(0, WORDS).toArray();

  @Test
  void shouldAgreeWithSmileOnEveryCorrelation() {
    // given: more rows than a block has
    ArrayMatrix x = matrix(12);

    // when
    float[] correlations = Correlations.of(x, ROWS, share -> {});

    // then
    for (int i = 0; i < 12; i++) {
      for (int j = i; j < 12; j++) {
        double expected = i == j ? 1 : CorTest.pearson(column(x, i), column(x, j)).cor;
        assertThat((double) correlations[Correlations.index(i, j, 12)])
            .isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void shouldFindNeuronsThatSayTheSameWhateverTheirSign() {
    // given: 0, 4 and 8 are one signal (4 turned), 1 and 5 another, the rest stands alone
    ArrayMatrix x = matrix(10);
    Random random = new Random(2);
    for (float[] row : x.values()) {
      float one = (float) random.nextGaussian();
      float two = (float) random.nextGaussian();
      row[0] += 3 * one;
      row[4] -= 9 * one;
      row[8] += 3 * one;
      row[1] += 4 * two;
      row[5] += 4 * two;
      row[9] = 7; // constant
    }

    // when
    List<Cluster> clusters = NeuronClusters.of(x, ROWS, 0.5, share -> {});

    // then: 4 is nearest to both of its companions
    assertThat(clusters.stream().map(Cluster::neurons))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new int[] {0, 4, 8},
            new int[] {1, 5},
            new int[] {2},
            new int[] {3},
            new int[] {6},
            new int[] {7},
            new int[] {9});
    assertThat(clusters.getFirst().representative()).isEqualTo(4);
    assertThat(clusters.getLast().representative()).isEqualTo(9);
  }

  @Test
  void shouldMakeOneClusterOrNoneAtTheEnds() {
    ArrayMatrix x = matrix(10);

    assertThat(NeuronClusters.of(x, ROWS, 0, share -> {})).hasSize(10);
    assertThat(NeuronClusters.of(x, ROWS, 1, share -> {})).hasSize(1);
    assertThatThrownBy(() -> NeuronClusters.of(x, ROWS, 1.5, share -> {}))
        .hasMessageContaining("1.5");
  }

  private static ArrayMatrix matrix(int width) {
    Random random = new Random(1);
    float[][] values = new float[WORDS][width];
    for (float[] row : values) {
      for (int d = 0; d < width; d++) {
        row[d] = (float) (100 * d + random.nextGaussian());
      }
    }
    return new ArrayMatrix(values);
  }

  private static double[] column(ArrayMatrix x, int neuron) {
    double[] column = new double[WORDS];
    for (int i = 0; i < WORDS; i++) {
      column[i] = x.values()[i][neuron];
    }
    return column;
  }
}
