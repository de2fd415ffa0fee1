package io.salient.lca.evaluation;

import io.salient.lca.NeuronColumns;
import io.salient.lca.Standardizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What some neurons fire for, in one pass over all words of the corpus, whatever their part:
 * nothing is learned here. Word types are as the corpus writes them and count when they occur
 * {@link #LEAST_COUNT} times or more.
 */
final class TopWords {
  static final int LEAST_COUNT = 3;
  static final int WORDS = 10;
  static final int SENTENCES = 3;

  /** Words of a sentence that are given, so that results stay small. */
  static final int MOST_WORDS = 60;

  private final EvaluationData data;
  private final int[] neurons;
  private final double[] mean;
  private final double[] inverse;
  private final Map<String, Type> types = new HashMap<>();
  private final List<List<Peak>> peaks = new ArrayList<>();

  private TopWords(EvaluationData data, Standardizer standardizer, int[] neurons) {
    this.data = data;
    this.neurons = neurons;
    double[] means = standardizer.mean();
    double[] inverses = standardizer.inverseDeviation();
    mean = Arrays.stream(neurons).mapToDouble(neuron -> means[neuron]).toArray();
    inverse = Arrays.stream(neurons).mapToDouble(neuron -> inverses[neuron]).toArray();
    for (int i = 0; i < neurons.length; i++) {
      peaks.add(new ArrayList<>());
    }
  }

  /** Sums over the words of one type, by place of the neuron. */
  private static final class Type {
    private final String word;
    private final double[] sums;
    private int count;

    Type(String word, int neurons) {
      this.word = word;
      sums = new double[neurons];
    }

    double score(int place) {
      return sums[place] / count;
    }
  }

  /** Where a neuron fires most in a sentence. */
  private record Peak(float activation, int sentence, int row) {}

  /**
   * Looks at neurons.
   *
   * @param standardizer of the train words
   * @param neurons distinct indices
   */
  static Map<Integer, NeuronWords> of(
      EvaluationData data, Standardizer standardizer, int[] neurons, Steps steps) {
    Map<Integer, NeuronWords> words = new HashMap<>();
    if (neurons.length > 0) {
      TopWords made = new TopWords(data, standardizer, neurons);
      try (Arena arena = Arena.ofConfined()) {
        made.read(arena.allocate(4L * neurons.length, 64), steps);
      }
      for (int place = 0; place < neurons.length; place++) {
        words.put(neurons[place], made.words(place));
      }
    }
    return words;
  }

  private void read(MemorySegment buffer, Steps steps) {
    NeuronColumns columns = new NeuronColumns(data.matrix(), neurons);
    Peak[] highest = new Peak[neurons.length];
    int sentence = -1;
    for (int row : data.rows()) {
      int now = sentenceOf(row, sentence);
      if (now != sentence) {
        keep(highest);
        steps.goOn();
        sentence = now;
      }
      float[] activations = activations(columns, buffer, row);
      add(activations, row);
      for (int place = 0; place < activations.length; place++) {
        if (highest[place] == null || activations[place] > highest[place].activation()) {
          highest[place] = new Peak(activations[place], sentence, row);
        }
      }
    }
    keep(highest);
  }

  /** Words come in the order of the corpus, so sentences do. */
  private int sentenceOf(int row, int from) {
    int sentence = Math.max(0, from);
    while (sentence + 1 < data.sentences().sentences()
        && data.sentences().start(sentence + 1) <= row) {
      sentence++;
    }
    return sentence;
  }

  private float[] activations(NeuronColumns columns, MemorySegment buffer, int row) {
    columns.read(row, buffer);
    float[] values = buffer.toArray(ValueLayout.JAVA_FLOAT);
    for (int place = 0; place < values.length; place++) {
      values[place] = (float) ((values[place] - mean[place]) * inverse[place]);
    }
    return values;
  }

  private void add(float[] activations, int row) {
    Type type =
        types.computeIfAbsent(data.words().apply(row), word -> new Type(word, activations.length));
    type.count++;
    for (int place = 0; place < activations.length; place++) {
      type.sums[place] += activations[place];
    }
  }

  /** A sentence has ended: its highest activations go to the few highest of each neuron. */
  private void keep(Peak[] highest) {
    for (int place = 0; place < highest.length; place++) {
      if (highest[place] != null) {
        List<Peak> kept = peaks.get(place);
        kept.add(highest[place]);
        kept.sort(Comparator.comparingDouble(peak -> -peak.activation()));
        if (kept.size() > SENTENCES) {
          kept.removeLast();
        }
        highest[place] = null;
      }
    }
  }

  private NeuronWords words(int place) {
    List<NeuronWords.Word> words =
        types.values().stream()
            .filter(type -> type.count >= LEAST_COUNT)
            .sorted(
                Comparator.comparingDouble((Type type) -> -type.score(place))
                    .thenComparing(type -> type.word))
            .limit(WORDS)
            .map(type -> new NeuronWords.Word(type.word, type.score(place), type.count))
            .toList();
    List<NeuronWords.Sentence> sentences =
        peaks.get(place).stream().map(peak -> sentence(peak, place)).toList();
    return new NeuronWords(neurons[place], words, sentences);
  }

  private NeuronWords.Sentence sentence(Peak peak, int place) {
    int start = data.sentences().start(peak.sentence());
    int end = data.sentences().end(peak.sentence());
    int first =
        end - start <= MOST_WORDS
            ? start
            : Math.clamp(peak.row() - MOST_WORDS / 2, start, end - MOST_WORDS);
    int last = Math.min(end, first + MOST_WORDS);
    float[] activations = new float[last - first];
    List<String> words = new ArrayList<>();
    BitSet there = new BitSet();
    Arrays.stream(data.rows()).filter(row -> row >= first && row < last).forEach(there::set);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(4L * neurons.length, 64);
      NeuronColumns columns = new NeuronColumns(data.matrix(), neurons);
      IntStream.range(first, last)
          .forEach(
              row -> {
                boolean known = there.get(row);
                words.add(known ? data.words().apply(row) : "");
                activations[row - first] =
                    known ? activations(columns, buffer, row)[place] : Float.NaN;
              });
    }
    return new NeuronWords.Sentence(peak.sentence(), first, words, activations);
  }
}
