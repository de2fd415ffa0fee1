package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.Split;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MinimalSetSearchTest {
  private static final FitSettings FIT = FitSettings.defaults();

  private final Arena arena = Arena.ofShared();

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void shouldFindThePlantedNeurons() {
    // given: two of three labels' neurons tell all three apart nearly as well as all do
    PlantedStudy study = PlantedStudy.make(3);

    // when
    MinimalSet set = search(study, settings(0.01, 2)).find().orElseThrow();

    // then
    assertThat(set.size()).isBetween(2, 3);
    assertThat(Arrays.stream(set.neurons())).allMatch(neuron -> neuron >= 10 && neuron < 13);
    assertThat(set.devAccuracy()).isGreaterThan(0.95);
    assertThat(set.testAccuracy().orElseThrow()).isGreaterThan(0.95);
    assertThat(set.randomAccuracy()).isEmpty();
  }

  /** The definition: the bound of its loss is within delta, and of no smaller size's. */
  @Test
  void shouldBeTheSmallestWhoseBoundIsWithinDelta() {
    // given
    PlantedStudy study = PlantedStudy.make(3);
    RankedConcept ranked = study.ranked(FIT);
    double oracle = ranked.fitted().evaluation().devAccuracy().orElseThrow();

    // when
    MinimalSet set = search(study, settings(0.02, 0)).find().orElseThrow();

    // then
    assertThat(set.grid()).extracting(MinimalSet.Size::size).isSorted().startsWith(1, 2, 3);
    assertThat(set.grid().getLast().devAccuracy()).isEqualTo(oracle);
    assertThat(set.lossBound()).isLessThanOrEqualTo(0.02);
    for (MinimalSet.Size size : set.grid()) {
      assertThat(size.devAccuracy())
          .isCloseTo(devAccuracy(study, ranked, size.size()), within(0.01));
      if (size.size() < set.size()) {
        assertThat(size.lossBound()).isGreaterThan(0.02);
      }
    }
  }

  @Test
  void shouldTakeDeltaAsAShareWhenItIsRelative() {
    PlantedStudy study = PlantedStudy.make(3);
    double oracle = study.ranked(FIT).fitted().evaluation().devAccuracy().orElseThrow();
    EvaluationSettings half = new EvaluationSettings(Analysis.FULL, 3, 2, 0.45, true, 0, 20, 7);

    MinimalSet set = search(study, half).find().orElseThrow();

    assertThat(set.relative()).isTrue();
    assertThat(set.size()).isEqualTo(1);
    assertThat(set.devAccuracy()).isGreaterThanOrEqualTo(0.55 * oracle);
    assertThat(set.lossBound()).isBetween(oracle - set.devAccuracy(), 0.45 * oracle);
  }

  @Test
  void shouldFindACopyOfTheSetAsADisjointOne() {
    // given: the planted neurons again, with noise of their own, in the last layer
    PlantedStudy study = PlantedStudy.make(3);
    Random random = new Random(5);
    for (int word = 0; word < PlantedStudy.WORDS; word++) {
      study.values()[word][PlantedStudy.FIRST + 2] += study.codes()[word] == 2 ? 3 : 0;
    }
    for (int c = 0; c < PlantedStudy.LABELS; c++) {
      int label = c;
      study.with(25 + c, word -> random.nextGaussian() + (study.codes()[word] == label ? 6 : 0));
    }
    MinimalSetSearch search = search(study, settings(0.01, 3));

    // when
    MinimalSet set = search.beside(search.find().orElseThrow());

    // then: two of three suffice; of the four left, three at most are needed, whichever come first
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.disjoint()).hasSizeBetween(1, 2);
    assertThat(set.disjoint())
        .allSatisfy(
            further -> {
              assertThat(further.size()).isBetween(2, 3);
              assertThat(further.testAccuracy().orElseThrow()).isGreaterThan(0.95);
            });
    assertThat(set.bottomAccuracy().orElseThrow()).isLessThan(0.5);
    assertThat(set.randomAccuracy().orElseThrow()).isLessThan(set.testAccuracy().orElseThrow());
    assertThat(search.notes())
        .singleElement()
        .asString()
        .startsWith(set.disjoint().size() + " of 3 further disjoint sets: the ")
        .contains("neurons left reach an accuracy of ")
        .contains("is allowed");
  }

  @Test
  void shouldSayThatThereIsNoneWhenTheProbeIsNoBetterThanTheMajority() {
    // given: labels that nothing tells, most of them the same
    PlantedStudy study = PlantedStudy.make(3);
    Random random = new Random(5);
    Arrays.setAll(study.codes(), word -> random.nextInt(10) == 0 ? 1 : 0);
    MinimalSetSearch search = search(study, settings(0.01, 2));

    // when
    Optional<MinimalSet> set = search.find();

    // then
    assertThat(set).isEmpty();
    assertThat(search.notes())
        .singleElement()
        .asString()
        .startsWith("no minimal set: the probe on all neurons is not better on the dev words");
  }

  @Test
  void shouldSayThatThereIsNoneWithoutDevWords() {
    PlantedStudy study = PlantedStudy.make(3);
    EvaluationData data = study.data();
    for (int word = 0; word < PlantedStudy.WORDS; word++) {
      study.codes()[word] = data.split().part(word) == Split.DEV ? -1 : study.codes()[word];
    }
    MinimalSetSearch search = search(study, settings(0.01, 2));

    assertThat(search.find()).isEmpty();
    assertThat(search.notes()).containsExactly("no minimal set: no dev word has a label");
  }

  private static EvaluationSettings settings(double delta, int disjoint) {
    return new EvaluationSettings(Analysis.FULL, 3, 5, delta, false, disjoint, 20, 7);
  }

  private MinimalSetSearch search(PlantedStudy study, EvaluationSettings settings) {
    EvaluationData data = study.data();
    return new MinimalSetSearch(
        study.ranked(FIT), data, PlantedStudy.retraining(data, arena), FIT, settings);
  }

  private double devAccuracy(PlantedStudy study, RankedConcept ranked, int size) {
    if (size == 0) {
      return 0;
    }
    FitResult result =
        PlantedStudy.retraining(study.data(), arena)
            .fit(
                List.of(ranked.labels()),
                Map.of(ranked.name(), ranked.probe()),
                Arrays.copyOf(ranked.order(), size))
            .getFirst();
    return ((FitResult.Fitted) result).evaluation().devAccuracy().orElseThrow();
  }
}
