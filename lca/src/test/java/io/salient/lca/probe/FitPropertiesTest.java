package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.Split;
import io.salient.lca.ranking.LcaRanker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * METHOD.md section 7, through the fit: what must not change the solution. Solutions are compared
 * near their optimum; equal to the last bit they need not be where rows or columns differ.
 */
class FitPropertiesTest {
  private static final FitSettings SETTINGS =
      FitSettings.defaults().withPenalties(5e-3, 5e-2).withEnd(1e-4, 1_000);

  private static final double NEAR = 5e-3;

  @Property(tries = 8)
  void shouldNotDependOnTheOrderOfRows(@ForAll @IntRange(max = 1_000_000) int seed) {
    PlantedData data = PlantedData.make(200, 24, 3, seed);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
    Collections.shuffle(order, new Random(seed));

    assertAlike(rows(data, order).fit(SETTINGS), data.fit(SETTINGS));
  }

  @Property(tries = 8)
  void shouldNotChangeWhenEveryRowComesTwice(@ForAll @IntRange(max = 1_000_000) int seed) {
    PlantedData data = PlantedData.make(200, 24, 3, seed);
    List<Integer> twice = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
    twice.addAll(List.copyOf(twice));

    assertAlike(rows(data, twice).fit(SETTINGS), data.fit(SETTINGS));
  }

  @Property(tries = 8)
  void shouldNotChangeWhenAColumnIsScaledUp(
      @ForAll @IntRange(max = 1_000_000) int seed,
      @ForAll @IntRange(min = 0, max = 23) int column,
      @ForAll @IntRange(min = -8, max = 8) int exponent) {
    PlantedData data = PlantedData.make(200, 24, 3, seed);
    float[][] values =
        Arrays.stream(data.matrix().values()).map(float[]::clone).toArray(float[][]::new);
    for (float[] row : values) {
      row[column] = Math.scalb(row[column], exponent);
    }
    PlantedData scaled =
        new PlantedData(new ArrayMatrix(values), data.split(), data.labels(), data.rows());

    assertAlike(scaled.fit(SETTINGS), data.fit(SETTINGS));
  }

  @Property(tries = 8)
  void shouldPermuteTheProbeWithTheLabels(@ForAll @IntRange(max = 1_000_000) int seed) {
    PlantedData data = PlantedData.make(200, 24, 3, seed);
    int[] codes = Arrays.stream(data.labels().codes()).map(code -> 2 - code).toArray();
    PlantedData turned =
        new PlantedData(
            data.matrix(),
            data.split(),
            new ConceptLabels("planted", data.labels().labels(), codes),
            data.rows());

    float[][] weights = data.fit(SETTINGS).probe().weights();
    float[][] other = turned.fit(SETTINGS).probe().weights();
    for (int label = 0; label < 3; label++) {
      assertAlike(other[2 - label], weights[label]);
    }
  }

  @Property(tries = 8)
  void shouldRankThePlantedNeuronOfSomeLabelFirst(@ForAll @IntRange(max = 1_000_000) int seed) {
    PlantedData data = PlantedData.make(400, 24, 3, seed);

    int first =
        LcaRanker.rank(data.fit(SETTINGS).probe().weights(), new int[] {100, 100, 100}, 20)
            .orElseThrow()
            .neuronAt(0);

    assertThat(first - PlantedData.PLANTED).isIn(0, 5, 10);
  }

  /** The same words in another order; each takes its part of the split along. */
  private static PlantedData rows(PlantedData data, List<Integer> order) {
    int words = order.size();
    float[][] values = new float[words][];
    int[] codes = new int[words];
    byte[] parts = new byte[words];
    for (int i = 0; i < words; i++) {
      values[i] = data.matrix().values()[order.get(i)];
      codes[i] = data.labels().codes()[order.get(i)];
      parts[i] = data.split().part(order.get(i));
    }
    return new PlantedData(
        new ArrayMatrix(values),
        Split.of(parts),
        new ConceptLabels("planted", data.labels().labels(), codes),
        IntStream.range(0, words).toArray());
  }

  private static void assertAlike(FitResult.Fitted fit, FitResult.Fitted expected) {
    assertThat(fit.certificate().converged()).isTrue();
    for (int label = 0; label < 3; label++) {
      assertAlike(fit.probe().weights()[label], expected.probe().weights()[label]);
    }
  }

  private static void assertAlike(float[] weights, float[] expected) {
    for (int neuron = 0; neuron < expected.length; neuron++) {
      assertThat((double) weights[neuron]).isCloseTo(expected[neuron], within(NEAR));
    }
  }
}
