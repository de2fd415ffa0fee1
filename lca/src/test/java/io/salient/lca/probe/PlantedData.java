package io.salient.lca.probe;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Correlated activations in which some neurons carry the labels, for tests. */
public record PlantedData(ArrayMatrix matrix, Split split, ConceptLabels labels, int[] rows) {
  public static final int PLANTED = 3;

  /**
   * N words in sentences of ten; neuron 3 + 5 c fires for label c, all others are correlated noise.
   */
  public static PlantedData make(int words, int width, int labels, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[words][width];
    int[] codes = new int[words];
    for (int i = 0; i < words; i++) {
      codes[i] = random.nextInt(labels);
      float common = (float) random.nextGaussian();
      for (int d = 0; d < width; d++) {
        values[i][d] = (float) (100 * (d % 7) + (1 + d % 4) * (common + random.nextGaussian()));
      }
      values[i][PLANTED + 5 * codes[i]] += 12;
    }
    List<String> names = new ArrayList<>();
    IntStream.range(0, labels).forEach(c -> names.add("L" + c));
    int[] starts = IntStream.range(0, words / 10).map(s -> 10 * s).toArray();
    return new PlantedData(
        new ArrayMatrix(values),
        Split.byGroup(SentenceGroups.byPosition(starts, words)),
        new ConceptLabels("planted", names, codes),
        IntStream.range(0, words).toArray());
  }

  public FitResult.Fitted fit(FitSettings settings) {
    return fit(settings, Map.of());
  }

  FitResult.Fitted fit(FitSettings settings, Map<String, Probe> warm) {
    return (FitResult.Fitted) fit(settings, warm, List.of(labels)).getFirst();
  }

  List<FitResult> fit(FitSettings settings, Map<String, Probe> warm, List<ConceptLabels> concepts) {
    return fit(settings, warm, concepts, FitProgress.NONE);
  }

  List<FitResult> fit(
      FitSettings settings,
      Map<String, Probe> warm,
      List<ConceptLabels> concepts,
      FitProgress progress) {
    try (Arena arena = Arena.ofShared()) {
      return ProbeFit.fit(
          matrix,
          rows,
          split,
          concepts,
          warm,
          settings,
          bytes -> arena.allocate(bytes, 64),
          progress);
    }
  }
}
