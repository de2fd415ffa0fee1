package io.salient.lca.drift;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.GroupedAnswers;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.SentenceHalves;
import io.salient.lca.probe.Transfer;
import io.salient.lca.ranking.ProbeRanker;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A corpus and checkpoints of a small model on it, for tests: some neurons of one layer carry each
 * label, all others are noise.
 */
final class PlantedCheckpoints {
  static final LayerMap MAP = new LayerMap(4, 20);
  static final int LABELS = 3;
  static final int CARRIERS = 6;
  static final FitSettings SETTINGS = FitSettings.defaults().withPenalties(2e-3, 1e-4);

  private static final int SENTENCE = 8;

  private final int words;
  private final SentenceGroups sentences;
  private final Split split;
  private final ConceptLabels labels;

  PlantedCheckpoints(int words, long seed) {
    this.words = words;
    Random random = new Random(seed);
    sentences =
        SentenceGroups.byPosition(
            IntStream.range(0, words / SENTENCE).map(s -> SENTENCE * s).toArray(), words);
    split = Split.byGroup(sentences);
    int[] codes = IntStream.range(0, words).map(i -> random.nextInt(LABELS)).toArray();
    labels = new ConceptLabels("planted", List.of("A", "B", "C"), codes);
  }

  /** Every label is carried by its own {@link #CARRIERS} neurons of a layer, more or less so. */
  ArrayMatrix carriedBy(int layer, double strength, long seed) {
    return carriedBy(layer, strength, seed, n -> n);
  }

  /** The same, but the neurons that carried least now carry most. */
  ArrayMatrix weightedOtherwise(int layer, double strength, long seed) {
    return carriedBy(layer, strength, seed, n -> CARRIERS - 1 - n);
  }

  private ArrayMatrix carriedBy(int layer, double strength, long seed, IntUnaryOperator place) {
    float[][] values = noise(new Random(seed));
    for (int i = 0; i < words; i++) {
      int first = layer * MAP.hiddenSize() + labels.codes()[i] * CARRIERS;
      for (int n = 0; n < CARRIERS; n++) {
        values[i][first + place.applyAsInt(n)] += (float) (strength / (1 + 0.3 * n));
      }
    }
    return new ArrayMatrix(values);
  }

  /** Nothing but noise. */
  ArrayMatrix ofNoise(long seed) {
    return new ArrayMatrix(noise(new Random(seed)));
  }

  private float[][] noise(Random random) {
    float[][] values = new float[words][MAP.width()];
    for (float[] row : values) {
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  /** The same activations, the units of one layer in another order. */
  ArrayMatrix permuted(ArrayMatrix from, int layer, long seed) {
    List<Integer> units = new ArrayList<>(IntStream.range(0, MAP.hiddenSize()).boxed().toList());
    Collections.shuffle(units, new Random(seed));
    int first = layer * MAP.hiddenSize();
    return changed(
        from, (row, values) -> units.forEach(u -> values[first + u] = row[first + units.get(u)]));
  }

  /** The same activations, every other unit of a layer exchanged with that two layers up. */
  ArrayMatrix halfRaised(ArrayMatrix from, int layer) {
    int first = layer * MAP.hiddenSize();
    int other = (layer + 2) * MAP.hiddenSize();
    return changed(
        from,
        (row, values) -> {
          for (int unit = 0; unit < MAP.hiddenSize(); unit += 2) {
            values[first + unit] = row[other + unit];
            values[other + unit] = row[first + unit];
          }
        });
  }

  /** The same activations, each at another word: what labels that are shuffled come to. */
  ArrayMatrix shuffled(ArrayMatrix from, long seed) {
    List<float[]> rows = new ArrayList<>(List.of(from.values()));
    Collections.shuffle(rows, new Random(seed));
    return new ArrayMatrix(rows.toArray(float[][]::new));
  }

  /** The same activations with a little noise. */
  ArrayMatrix shaken(ArrayMatrix from, double size, long seed) {
    Random random = new Random(seed);
    return changed(
        from,
        (row, values) -> {
          for (int d = 0; d < row.length; d++) {
            values[d] += (float) (size * random.nextGaussian());
          }
        });
  }

  private static ArrayMatrix changed(ArrayMatrix from, BiConsumer<float[], float[]> change) {
    float[][] values = new float[from.values().length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = from.values()[i].clone();
      change.accept(from.values()[i], values[i]);
    }
    return new ArrayMatrix(values);
  }

  /** The same activations, the units of one layer turned by a random rotation. */
  ArrayMatrix rotated(ArrayMatrix from, int layer, long seed) {
    double[][] rotation = rotation(MAP.hiddenSize(), new Random(seed));
    float[][] values = new float[words][];
    int first = layer * MAP.hiddenSize();
    for (int i = 0; i < words; i++) {
      values[i] = from.values()[i].clone();
      for (int to = 0; to < rotation.length; to++) {
        double sum = 0;
        for (int unit = 0; unit < rotation.length; unit++) {
          sum += rotation[to][unit] * from.values()[i][first + unit];
        }
        values[i][first + to] = (float) sum;
      }
    }
    return new ArrayMatrix(values);
  }

  /** Gram and Schmidt on random rows. */
  private static double[][] rotation(int size, Random random) {
    double[][] rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int d = 0; d < size; d++) {
        rows[i][d] = random.nextGaussian();
      }
      for (int j = 0; j < i; j++) {
        double dot = 0;
        for (int d = 0; d < size; d++) {
          dot += rows[i][d] * rows[j][d];
        }
        for (int d = 0; d < size; d++) {
          rows[i][d] -= dot * rows[j][d];
        }
      }
      double norm = Math.sqrt(java.util.Arrays.stream(rows[i]).map(x -> x * x).sum());
      for (int d = 0; d < size; d++) {
        rows[i][d] /= norm;
      }
    }
    return rows;
  }

  /** Fits of a checkpoint: on all train words, and on both halves of some splits. */
  record Fits(ArrayMatrix matrix, FitResult.Fitted full, List<HalfRanking[]> halves) {}

  Fits fit(ArrayMatrix matrix, int splits) {
    return fit(matrix, splits, SETTINGS.forHalves());
  }

  /** The same with the halves stopped elsewhere. */
  Fits fit(ArrayMatrix matrix, int splits, FitSettings ofHalves) {
    int[] rows = IntStream.range(0, words).toArray();
    try (Arena arena = Arena.ofShared()) {
      FitResult.Fitted full =
          (FitResult.Fitted)
              ProbeFit.fit(
                      matrix,
                      rows,
                      split,
                      List.of(labels),
                      Map.of(),
                      SETTINGS,
                      bytes -> arena.allocate(bytes, 64),
                      FitProgress.NONE)
                  .getFirst();
      int[] counts =
          full.evaluation().labels().stream().mapToInt(label -> label.trainCount()).toArray();
      List<HalfRanking[]> halves = new ArrayList<>();
      int k = HalfRanking.depth(MAP.width());
      ProbeRanker ranker = new ProbeRanker(SETTINGS.method(), SETTINGS.minLabelCount());
      List<Optional<String>> problems =
          ReplicateFits.fit(
              matrix,
              rows,
              split,
              SentenceHalves.of(sentences),
              List.of(labels),
              splits,
              ofHalves,
              bytes -> arena.allocate(bytes, 64),
              FitProgress.NONE,
              (number, concept, first, second) ->
                  halves.add(
                      new HalfRanking[] {
                        HalfRanking.of(ranker, first.probe(), first.neurons(), counts, k),
                        HalfRanking.of(ranker, second.probe(), second.neurons(), counts, k)
                      }));
      if (problems.getFirst().isPresent()) {
        throw new IllegalStateException(problems.getFirst().get());
      }
      return new Fits(matrix, full, halves);
    }
  }

  /** What the fits of a checkpoint bring to a judgement. */
  ReplicateHalves replicates(Fits fits) {
    return new ReplicateHalves(
        MAP,
        List.of("A", "B", "C"),
        HalfRanking.depth(MAP.width()),
        sentences.sentences() / 3,
        true,
        fits.halves().stream().map(two -> new ReplicateHalves.Pair(two[0], two[1])).toList());
  }

  /** The judgement of a checkpoint against a baseline. */
  ConceptDrift drift(Fits baseline, Fits checkpoint) {
    int[] rows = IntStream.range(0, words).toArray();
    int commonest = baseline.full().evaluation().commonest();
    GroupedAnswers own = grouped(baseline.full().evaluation().answers(), commonest);
    GroupedAnswers after = grouped(checkpoint.full().evaluation().answers(), commonest);
    GroupedAnswers transferred =
        grouped(
            Transfer.answers(
                baseline.full().probe(), checkpoint.matrix(), rows, split, labels, SETTINGS),
            commonest);
    return ConceptDrift.between(
        replicates(baseline),
        replicates(checkpoint),
        Optional.of(
            Knowledge.of(
                GroupScores.ofWords(
                    own.right(),
                    after.right(),
                    Optional.of(transferred.right()),
                    own.majority()))));
  }

  private GroupedAnswers grouped(Answers answers, int label) {
    return GroupedAnswers.of(answers, sentences, label);
  }
}
