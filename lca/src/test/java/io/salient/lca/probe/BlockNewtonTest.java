package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.Split;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The optimum of the sampled Newton steps against that of OWL-QN, on data that are hard for it. */
class BlockNewtonTest {
  /** Penalties that make objectives of about 0.1: a certificate is relative to at least 1. */
  private static final FitSettings SETTINGS =
      FitSettings.defaults().withPenalties(5e-3, 1e-4).withEnd(1e-5, 3_000);

  /** By how much objectives may differ, relative. */
  private static final double SAME = 1e-6;

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldReachTheOptimumOfOwlQn() {
    assertSameOptimum(PlantedData.make(1_500, 48, 4, 1), SETTINGS);
  }

  @Test
  void shouldReachItWithRareLabels() {
    // given: one word in a hundred keeps label 2 or 3
    PlantedData data = PlantedData.make(3_000, 48, 4, 2);
    int[] codes = data.labels().codes().clone();
    Random random = new Random(3);
    Arrays.setAll(codes, i -> codes[i] > 1 && random.nextInt(100) > 0 ? 0 : codes[i]);

    assertSameOptimum(with(data, codes), SETTINGS);
  }

  @Test
  void shouldReachItWithCollinearDuplicateAndConstantColumns() {
    // given
    PlantedData data = PlantedData.make(1_500, 48, 4, 4);
    for (float[] row : data.matrix().values()) {
      row[20] = row[PlantedData.PLANTED];
      row[21] = -2 * row[PlantedData.PLANTED + 5] + 1;
      row[22] = row[PlantedData.PLANTED] + row[PlantedData.PLANTED + 5];
      row[23] = 7;
    }

    assertSameOptimum(data, SETTINGS);
    assertSameOptimum(data, SETTINGS.withPenalties(5e-3, 0));
  }

  @Test
  void shouldReachItOnSeparableData() {
    // given
    PlantedData data = PlantedData.make(1_500, 48, 4, 5);
    for (int i = 0; i < data.rows().length; i++) {
      data.matrix().values()[i][PlantedData.PLANTED + 5 * data.labels().codes()[i]] += 100;
    }

    assertSameOptimum(data, SETTINGS);
    assertSameOptimum(data, SETTINGS.withPenalties(5e-3, 0));
  }

  @Test
  void shouldReachItWithoutL2() {
    assertSameOptimum(PlantedData.make(1_500, 48, 4, 6), SETTINGS.withPenalties(5e-3, 0));
  }

  @Test
  void shouldReachItWithMoreNeuronsThanWords() {
    assertSameOptimum(PlantedData.make(120, 300, 3, 7), SETTINGS);
  }

  @Test
  void shouldEndEachConceptByItself() {
    // given: one concept that starts at its optimum, one that starts from nothing
    PlantedData data = PlantedData.make(1_500, 48, 4, 8);
    FitResult.Fitted alone = data.fit(SETTINGS);
    int[] turned = Arrays.stream(data.labels().codes()).map(code -> (code + 1) / 2).toArray();
    ConceptLabels other = new ConceptLabels("other", List.of("A", "B", "C"), turned);

    // when
    List<FitResult> both =
        data.fit(SETTINGS, Map.of("planted", alone.probe()), List.of(data.labels(), other));

    // then
    Certificate first = ((FitResult.Fitted) both.getFirst()).certificate();
    Certificate second = ((FitResult.Fitted) both.getLast()).certificate();
    assertThat(first.evaluations()).isLessThanOrEqualTo(2);
    assertThat(second.evaluations()).isGreaterThan(2);
    assertThat(second.converged()).isTrue();
  }

  @Test
  void shouldLeaveBlocksThatAreTooLargeToOwlQn() {
    // given: next to no penalty, so that nearly all of many neurons want a weight
    PlantedData data = PlantedData.make(60, 600, 3, 9);
    FitSettings settings = FitSettings.defaults().withPenalties(1e-7, 1e-4).withEnd(1e-4, 5_000);
    Head head = new Head(data.labels(), data.rows(), 600, settings);
    head.start(null);
    boolean newton = head.optimiser() instanceof BlockNewton;

    // when
    fit(data, head);

    // then
    assertThat(newton).isTrue();
    assertThat(head.optimiser()).isInstanceOf(OwlQn.class);
    assertThat(head.optimiser().certificate().converged()).isTrue();
  }

  private static void fit(PlantedData data, Head head) {
    try (Arena arena = Arena.ofShared()) {
      Watch watch = new Watch(FitProgress.NONE);
      TrainWords.Gathered gathered =
          TrainWords.gather(
              data.matrix(), data.rows(), true, bytes -> arena.allocate(bytes, 64), watch);
      new JointFit(List.of(head), watch).run(gathered.words(), data.rows(), 0);
    }
  }

  /** The optimum, and a certificate that is true of the probe. */
  private static void assertSameOptimum(PlantedData data, FitSettings settings) {
    FitResult.Fitted fitted = data.fit(settings);
    Certificate certificate = fitted.certificate();
    try (Arena arena = Arena.ofShared()) {
      int[] train = data.split().rowsOf(Split.TRAIN, data.rows());
      TrainWords words =
          TrainWords.gather(
                  data.matrix(),
                  train,
                  true,
                  bytes -> arena.allocate(bytes, 64),
                  new Watch(FitProgress.NONE))
              .words();
      int classes = data.labels().labels().size();
      int[] codes = Arrays.stream(train).map(row -> data.labels().codes()[row]).toArray();
      try (ElasticNet net =
          new ElasticNet(words, new ProbeHeads(new int[] {classes}, List.of(codes)))) {
        Certificate owlQn = owlQn(net, classes, words, settings);
        Certificate there = first(net, point(fitted.probe()), classes, words, settings);

        assertThat(certificate.converged()).isTrue();
        assertThat(there.relativeStep()).isCloseTo(certificate.relativeStep(), within(1e-7));
        assertThat(there.objective())
            .isCloseTo(certificate.objective(), within(SAME * certificate.objective()));
        assertThat(certificate.objective())
            .isCloseTo(owlQn.objective(), within(SAME * owlQn.objective()));
      }
    }
  }

  private static Certificate owlQn(
      ElasticNet net, int classes, TrainWords words, FitSettings settings) {
    OwlQn optimiser =
        new OwlQn(new float[classes * (words.width() + 1)], classes * words.width(), settings, 0);
    while (!optimiser.finished()) {
      observe(net, optimiser, words);
    }
    return optimiser.certificate();
  }

  private static Certificate first(
      ElasticNet net, float[] point, int classes, TrainWords words, FitSettings settings) {
    OwlQn optimiser = new OwlQn(point, classes * words.width(), settings, 0);
    observe(net, optimiser, words);
    return optimiser.certificate();
  }

  private static void observe(ElasticNet net, OwlQn optimiser, TrainWords words) {
    ElasticNet.Sums sums = net.evaluate(new int[] {0}, List.of(optimiser.point())).getFirst();
    optimiser.observe(sums, words.rows(), (point, neurons) -> new CurvatureBlock[0]);
  }

  private static float[] point(Probe probe) {
    int classes = probe.bias().length;
    float[] point = new float[classes * (probe.width() + 1)];
    for (int c = 0; c < classes; c++) {
      System.arraycopy(probe.weights()[c], 0, point, c * probe.width(), probe.width());
      point[classes * probe.width() + c] = probe.bias()[c];
    }
    return point;
  }

  private static PlantedData with(PlantedData data, int[] codes) {
    return new PlantedData(
        data.matrix(),
        data.split(),
        new ConceptLabels("planted", data.labels().labels(), codes),
        data.rows());
  }
}
