package io.salient.benchmarks;

import io.salient.lca.LayerMap;
import io.salient.lca.Split;
import io.salient.lca.SplitMix;
import io.salient.lca.probe.ConceptLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A checkpoint's activations with a change of which it is known what must be said of it. */
final class ChangedWords {
  private ChangedWords() {}

  /** Every neuron with normal noise of a share of its standard deviation. */
  static ExtractedWords shaken(ExtractedWords words, double share) {
    double[] deviations = deviations(words);
    return words.changed(
        (word, row) -> {
          Random random = new Random(SplitMix.at(word));
          float[] shaken = row.clone();
          for (int d = 0; d < shaken.length; d++) {
            shaken[d] += (float) (share * deviations[d] * random.nextGaussian());
          }
          return shaken;
        });
  }

  private static double[] deviations(ExtractedWords words) {
    double[] sums = new double[words.width()];
    double[] squares = new double[words.width()];
    int[] rows = words.data().rows();
    for (int word : rows) {
      float[] row = words.row(word);
      for (int d = 0; d < row.length; d++) {
        sums[d] += row[d];
        squares[d] += (double) row[d] * row[d];
      }
    }
    double[] deviations = new double[sums.length];
    for (int d = 0; d < sums.length; d++) {
      double mean = sums[d] / rows.length;
      deviations[d] = Math.sqrt(Math.max(0, squares[d] / rows.length - mean * mean));
    }
    return deviations;
  }

  /** On the way from one checkpoint to another, 0 at the one, 1 at the other. */
  static ExtractedWords between(ExtractedWords one, ExtractedWords other, float way) {
    return one.changed(
        (word, row) -> {
          float[] between = row.clone();
          for (int d = 0; d < between.length; d++) {
            between[d] += way * (other.row(word)[d] - row[d]);
          }
          return between;
        });
  }

  /** The units of a layer in another order. */
  static ExtractedWords permuted(ExtractedWords words, int layer) {
    int units = words.layers().hiddenSize();
    List<Integer> order = shuffled(units);
    int[] from = IntStream.range(0, words.width()).toArray();
    for (int unit = 0; unit < units; unit++) {
      from[layer * units + unit] = layer * units + order.get(unit);
    }
    return words.changed((word, row) -> taken(row, from));
  }

  /** Half of the units of two layers exchanged with those two layers above. */
  static ExtractedWords raised(ExtractedWords words, int layer) {
    int units = words.layers().hiddenSize();
    int[] from = IntStream.range(0, words.width()).toArray();
    for (int lower : new int[] {layer, layer + 1}) {
      for (int unit : shuffled(units).subList(0, units / 2)) {
        from[lower * units + unit] = (lower + 2) * units + unit;
        from[(lower + 2) * units + unit] = lower * units + unit;
      }
    }
    return words.changed((word, row) -> taken(row, from));
  }

  private static float[] taken(float[] row, int[] from) {
    float[] taken = new float[row.length];
    for (int d = 0; d < taken.length; d++) {
      taken[d] = row[from[d]];
    }
    return taken;
  }

  private static List<Integer> shuffled(int units) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, units).boxed().toList());
    Collections.shuffle(order, new Random(1));
    return order;
  }

  /** Every layer turned by a random rotation of its own. */
  static ExtractedWords rotated(ExtractedWords words) {
    LayerMap layers = words.layers();
    Random random = new Random(2);
    List<float[][]> rotations =
        IntStream.range(0, layers.layers())
            .mapToObj(layer -> rotation(layers.hiddenSize(), random))
            .toList();
    return words.changed((word, row) -> turned(row, rotations));
  }

  private static float[] turned(float[] row, List<float[][]> rotations) {
    int units = rotations.getFirst().length;
    float[] turned = new float[row.length];
    for (int layer = 0; layer < rotations.size(); layer++) {
      for (int to = 0; to < units; to++) {
        float[] weights = rotations.get(layer)[to];
        float sum = 0;
        for (int unit = 0; unit < units; unit++) {
          sum += weights[unit] * row[layer * units + unit];
        }
        turned[layer * units + to] = sum;
      }
    }
    return turned;
  }

  /** Gram and Schmidt on normal rows. */
  private static float[][] rotation(int size, Random random) {
    float[][] rows = new float[size][size];
    for (int i = 0; i < size; i++) {
      double[] row = IntStream.range(0, size).mapToDouble(d -> random.nextGaussian()).toArray();
      for (int j = 0; j < i; j++) {
        double dot = 0;
        for (int d = 0; d < size; d++) {
          dot += row[d] * rows[j][d];
        }
        for (int d = 0; d < size; d++) {
          row[d] -= dot * rows[j][d];
        }
      }
      double norm = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
      for (int d = 0; d < size; d++) {
        rows[i][d] = (float) (row[d] / norm);
      }
    }
    return rows;
  }

  /** The labels of the train words among each other; those of other words as they are. */
  static ConceptLabels shuffledLabels(ConceptLabels labels, Split split, int[] rows) {
    int[] train =
        Arrays.stream(split.rowsOf(Split.TRAIN, rows))
            .filter(word -> labels.codes()[word] >= 0)
            .toArray();
    List<Integer> codes =
        new ArrayList<>(Arrays.stream(train).mapToObj(word -> labels.codes()[word]).toList());
    Collections.shuffle(codes, new Random(3));
    int[] shuffled = labels.codes().clone();
    for (int i = 0; i < train.length; i++) {
      shuffled[train[i]] = codes.get(i);
    }
    return new ConceptLabels(labels.concept(), labels.labels(), shuffled);
  }
}
