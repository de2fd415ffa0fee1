package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.torch.TorchEngine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AblationTest {
  private static final EvaluationSettings SETTINGS = EvaluationSettings.of(Analysis.FAST);

  private final PlantedStudy study = PlantedStudy.make(3);
  private final EvaluationData data = study.data();

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  /** Reference: every neuron that is not kept is set to its mean, one word after the other. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAgreeWithMaskingWordByWord(boolean standardize) {
    // given
    FitSettings fit = FitSettings.defaults().withStandardize(standardize);
    RankedConcept ranked = study.ranked(fit);
    int[] order = ranked.order();

    // when
    List<AblationPoint> points = curve(ranked, fit, data);

    // then
    assertThat(points).hasSize(6);
    for (AblationPoint point : points) {
      int n = point.neurons();
      assertThat(point.top()).isCloseTo(masked(ranked, fit, Arrays.copyOf(order, n)), within(1e-9));
      assertThat(point.bottom())
          .isCloseTo(
              masked(ranked, fit, Arrays.copyOfRange(order, order.length - n, order.length)),
              within(1e-9));
      double random = 0;
      for (int draw = 0; draw < SETTINGS.randomDraws(); draw++) {
        int[] some = Arrays.copyOf(RandomOrder.of(order.length, draw, SETTINGS.seed()), n);
        random += masked(ranked, fit, some) / SETTINGS.randomDraws();
      }
      assertThat(point.random()).isCloseTo(random, within(1e-9));
    }
  }

  @Test
  void shouldNeedOnlyThePlantedNeurons() {
    FitSettings fit = FitSettings.defaults();

    AblationPoint tenth = curve(study.ranked(fit), fit, data).get(3);

    assertThat(tenth.kept()).isEqualTo(0.1);
    assertThat(tenth.neurons()).isEqualTo(3);
    assertThat(tenth.top()).isGreaterThan(0.95);
    assertThat(tenth.bottom()).isLessThan(0.5);
    assertThat(tenth.random()).isBetween(tenth.bottom() - 0.05, tenth.top());
  }

  @Test
  void shouldHaveNoCurveWithoutTestWords() {
    FitSettings fit = FitSettings.defaults();
    EvaluationData trainOnly =
        new EvaluationData(
            data.matrix(),
            data.rowsOf(Split.TRAIN),
            data.split(),
            data.layers(),
            data.sentences(),
            data.words());

    assertThat(curve(study.ranked(fit), fit, trainOnly)).isEmpty();
  }

  @Test
  void shouldReadTheTestWordsOnceForAllConcepts() {
    // given
    FitSettings fit = FitSettings.defaults();
    RankedConcept ranked = study.ranked(fit);
    CountingMatrix counting = new CountingMatrix(data.matrix());
    EvaluationData counted =
        new EvaluationData(
            counting, data.rows(), data.split(), data.layers(), data.sentences(), data.words());
    Standardizer standardizer = Standardizer.fit(data.matrix(), data.rowsOf(Split.TRAIN));

    // when
    new Ablation(counted, standardizer, true, Ablation.Masking.ofReport(SETTINGS))
        .of(List.of(ranked, ranked, ranked), new Steps(FitProgress.NONE, 1));

    // then
    assertThat(counting.reads()).isEqualTo(data.rowsOf(Split.TEST).length);
  }

  private static List<AblationPoint> curve(
      RankedConcept ranked, FitSettings fit, EvaluationData data) {
    Standardizer standardizer = Standardizer.fit(data.matrix(), data.rowsOf(Split.TRAIN));
    return new Ablation(data, standardizer, fit.standardize(), Ablation.Masking.ofReport(SETTINGS))
        .of(List.of(ranked), new Steps(FitProgress.NONE, 1))
        .getFirst();
  }

  private double masked(RankedConcept ranked, FitSettings fit, int[] kept) {
    Set<Integer> keep = new HashSet<>();
    Arrays.stream(kept).forEach(keep::add);
    Standardizer standardizer = Standardizer.fit(data.matrix(), data.rowsOf(Split.TRAIN));
    double[] mean = standardizer.mean();
    double[] inverse = standardizer.inverseDeviation();
    int right = 0;
    int[] test = data.rowsOf(Split.TEST);
    for (int row : test) {
      double[] x = new double[mean.length];
      for (int d = 0; d < x.length; d++) {
        double value = keep.contains(d) ? study.values()[row][d] : mean[d];
        x[d] = fit.standardize() ? (value - mean[d]) * inverse[d] : value;
      }
      right += best(ranked.probe(), x) == study.codes()[row] ? 1 : 0;
    }
    return (double) right / test.length;
  }

  private static int best(Probe probe, double[] x) {
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < probe.weights().length; label++) {
      double score = probe.bias()[label];
      for (int d = 0; d < x.length; d++) {
        score += probe.weights()[label][d] * x[d];
      }
      if (score > highest) {
        highest = score;
        best = label;
      }
    }
    return best;
  }
}
