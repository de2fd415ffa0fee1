package io.salient.lca.evaluation;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.ProbeFit;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Words in sentences of ten, activations of 3 layers by 10 units, and a concept of three labels:
 * neuron 10 + c of the middle layer fires for label c, all others are noise.
 *
 * @param values activations by word
 * @param codes label of each word
 */
record PlantedStudy(float[][] values, int[] codes) {
  static final LayerMap LAYERS = new LayerMap(3, 10);
  static final int WORDS = 1_500;
  static final int LABELS = 3;
  static final int FIRST = 10;

  static PlantedStudy make(long seed) {
    Random random = new Random(seed);
    float[][] values = new float[WORDS][LAYERS.width()];
    int[] codes = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      codes[i] = random.nextInt(LABELS);
      for (int d = 0; d < LAYERS.width(); d++) {
        values[i][d] = (float) (5 * d + random.nextGaussian());
      }
      values[i][FIRST + codes[i]] += 6;
    }
    return new PlantedStudy(values, codes);
  }

  /** The same with another column at a place. */
  PlantedStudy with(int neuron, java.util.function.IntToDoubleFunction column) {
    for (int i = 0; i < values.length; i++) {
      values[i][neuron] = (float) column.applyAsDouble(i);
    }
    return this;
  }

  EvaluationData data() {
    SentenceGroups sentences =
        SentenceGroups.byPosition(IntStream.range(0, WORDS / 10).map(s -> 10 * s).toArray(), WORDS);
    return new EvaluationData(
        new ArrayMatrix(values),
        IntStream.range(0, WORDS).toArray(),
        Split.byGroup(sentences),
        LAYERS,
        sentences,
        word -> "w" + word % 50);
  }

  ConceptLabels labels() {
    return labels("planted", codes);
  }

  static ConceptLabels labels(String name, int[] codes) {
    int labels = Arrays.stream(codes).max().orElse(0) + 1;
    return new ConceptLabels(
        name, IntStream.range(0, labels).mapToObj("L%05d"::formatted).toList(), codes);
  }

  FitResult.Fitted fit(FitSettings settings) {
    return (FitResult.Fitted) fit(settings, List.of(labels())).getFirst();
  }

  RankedConcept ranked(FitSettings settings) {
    return RankedConcept.of(labels(), fit(settings), settings).orElseThrow();
  }

  List<FitResult> fit(FitSettings settings, List<ConceptLabels> concepts) {
    EvaluationData data = data();
    try (Arena arena = Arena.ofShared()) {
      return ProbeFit.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          concepts,
          Map.of(),
          settings,
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE);
    }
  }

  /** Fits and evaluates, as a service does. */
  CheckpointEvaluation.Result evaluate(EvaluationSettings settings, ConceptLabels... concepts) {
    return evaluate(settings, FitProgress.NONE, concepts);
  }

  CheckpointEvaluation.Result evaluate(
      EvaluationSettings settings, FitProgress progress, ConceptLabels... concepts) {
    return evaluate(FitSettings.defaults(), settings, progress, concepts);
  }

  CheckpointEvaluation.Result evaluate(
      FitSettings fit,
      EvaluationSettings settings,
      FitProgress progress,
      ConceptLabels... concepts) {
    EvaluationData data = data();
    List<FitResult.Fitted> probes = new ArrayList<>();
    List<ConceptLabels> fittable = new ArrayList<>();
    List<FitResult> results = fit(fit, List.of(concepts));
    for (int k = 0; k < concepts.length; k++) {
      if (results.get(k) instanceof FitResult.Fitted probe) {
        probes.add(probe);
        fittable.add(concepts[k]);
      }
    }
    try (Arena arena = Arena.ofShared()) {
      return CheckpointEvaluation.of(
          data, fittable, probes, fit, settings, bytes -> arena.allocate(bytes, 64), progress);
    }
  }

  static Retraining retraining(EvaluationData data, Arena arena) {
    return new Retraining(
        data, FitSettings.defaults(), bytes -> arena.allocate(bytes, 64), FitProgress.NONE);
  }
}
