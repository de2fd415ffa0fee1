package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.Split;
import io.salient.lca.probe.optimiser.Penalty;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.RankingMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fit tells of neurons besides their weights. */
class ProbedNeuronsTest {
  private static final double L1 = 5e-3;
  private static final FitSettings SETTINGS =
      FitSettings.defaults().withPenalties(L1, 5e-2).withEnd(1e-4, 1_000);
  private static final PlantedData DATA = PlantedData.make(400, 24, 3, 5);

  @ParameterizedTest
  @EnumSource(Penalty.class)
  void shouldTellHowNearNeuronsAreToAWeight(Penalty penalty) {
    // given
    FitResult.Fitted fit = DATA.fit(SETTINGS.withPenalty(penalty));

    // when: the gradient in plain double arithmetic
    double[][] gradient = gradient(fit.probe());

    // then
    int unweighted = 0;
    for (int d = 0; d < 24; d++) {
      int neuron = d;
      double largest =
          Arrays.stream(gradient).mapToDouble(row -> Math.abs(row[neuron])).max().orElseThrow();
      boolean weighted = Arrays.stream(fit.probe().weights()).anyMatch(row -> row[neuron] != 0);
      double level = fit.neurons().entryLevels()[d];
      if (!weighted) {
        assertThat(level).isCloseTo(largest / L1, within(1e-3)).isLessThan(1.1);
        unweighted++;
      }
    }
    assertThat(unweighted).isPositive();
  }

  @Test
  void shouldHaveNoEntryLevelsWithoutL1() {
    FitResult.Fitted fit = DATA.fit(SETTINGS.withPenalties(0, 1e-2).withEnd(1e-2, 1_000));

    assertThat(fit.neurons().entryLevels()).isEmpty();
    assertThat(fit.neurons().contributions()).hasSize(24);
  }

  @Test
  void shouldMeasureContributionsInStandardisedUnits() {
    // given
    FitResult.Fitted fit = DATA.fit(SETTINGS);
    ReferenceSolver reference = new ReferenceSolver(DATA, L1, 5e-2);

    // when
    double[] expected = contributions(reference.words(), reference.classes(), fit.probe());

    // then
    for (int d = 0; d < 24; d++) {
      assertThat((double) fit.neurons().contributions()[d]).isCloseTo(expected[d], within(1e-5));
    }
    assertThat(first(DATA) - PlantedData.PLANTED).isIn(0, 5, 10);
  }

  @Test
  void shouldRankAlikeInAnyOrderOfRowsAndAtAnyScale() {
    // given: rows shuffled, one column 256 times as large
    List<Integer> order = new ArrayList<>(IntStream.range(0, 400).boxed().toList());
    Collections.shuffle(order, new Random(8));
    float[][] values = new float[400][];
    int[] codes = new int[400];
    byte[] parts = new byte[400];
    for (int i = 0; i < 400; i++) {
      values[i] = DATA.matrix().values()[order.get(i)].clone();
      values[i][PlantedData.PLANTED] *= 256;
      codes[i] = DATA.labels().codes()[order.get(i)];
      parts[i] = DATA.split().part(order.get(i));
    }
    PlantedData other =
        new PlantedData(
            new ArrayMatrix(values),
            Split.of(parts),
            new ConceptLabels("planted", DATA.labels().labels(), codes),
            DATA.rows());

    // when
    float[] shuffled = other.fit(SETTINGS).neurons().contributions();

    // then
    float[] expected = DATA.fit(SETTINGS).neurons().contributions();
    for (int d = 0; d < 24; d++) {
      assertThat((double) shuffled[d]).isCloseTo(expected[d], within(5e-3));
    }
    assertThat(first(other)).isEqualTo(first(DATA));
  }

  private static int first(PlantedData data) {
    FitResult.Fitted fit = data.fit(SETTINGS);
    NeuronRanking ranking =
        new ProbeRanker(RankingMethod.CONTRIBUTION, 20)
            .rank(fit.probe().weights(), fit.neurons(), new int[] {100, 100, 100})
            .orElseThrow();
    return ranking.neuronAt(0);
  }

  private static double[] contributions(double[][] x, int[] y, Probe probe) {
    double[] q = new double[x[0].length];
    for (int c = 0; c < 3; c++) {
      int label = c;
      double own = Arrays.stream(y).filter(code -> code == label).count();
      for (int d = 0; d < q.length; d++) {
        double of = 0;
        double rest = 0;
        for (int i = 0; i < y.length; i++) {
          of += y[i] == c ? x[i][d] / own : 0;
          rest += y[i] == c ? 0 : x[i][d] / (y.length - own);
        }
        q[d] += Math.sqrt(own / y.length) * Math.max(0, probe.weights()[c][d] * (of - rest));
      }
    }
    return q;
  }

  private static double[][] gradient(Probe probe) {
    ReferenceSolver reference = new ReferenceSolver(DATA, 0, 0);
    double[][] w = new double[3][25];
    for (int c = 0; c < 3; c++) {
      for (int d = 0; d < 24; d++) {
        w[c][d] = probe.weights()[c][d];
      }
      w[c][24] = probe.bias()[c];
    }
    return reference.gradient(w);
  }
}
