package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.FitProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopWordsTest {
  /** Sentences of four words; the second neuron is the first turned around. */
  private static final String[] TEXT = {
    "the", "cat", "saw", "a",
    "the", "cat", "ran", "a",
    "the", "cat", "sat", "once",
    "odd", "dog", "saw", "the",
  };

  private static final float[] FIRST = {0, 5, 1, 0, 0, 7, 1, 0, 0, 6, 1, 0, 20, 1, 1, 0};

  @Test
  void shouldOrderWordTypesByMeanActivation() {
    NeuronWords words = words(all()).get(0);

    // "cat" three times, "the" four times; "odd" fires most, but once
    assertThat(words.words().stream().map(NeuronWords.Word::word)).containsExactly("cat", "the");
    assertThat(words.words().getFirst().count()).isEqualTo(3);
    assertThat(words.words().getFirst().score()).isCloseTo(z(6), within(1e-5));
    assertThat(words.words().get(1).score()).isCloseTo(z(0), within(1e-5));
    assertThat(words(all()).get(1).words().getFirst().word()).isEqualTo("the");
  }

  @Test
  void shouldGiveTheSentencesThatHoldTheHighestActivations() {
    List<NeuronWords.Sentence> sentences = words(all()).get(0).sentences();

    assertThat(sentences.stream().map(NeuronWords.Sentence::sentence)).containsExactly(3, 1, 2);
    NeuronWords.Sentence best = sentences.getFirst();
    assertThat(best.firstWord()).isEqualTo(12);
    assertThat(best.words()).containsExactly("odd", "dog", "saw", "the");
    assertThat(best.activations()[0]).isCloseTo((float) z(20), within(1e-4f));
    assertThat(best.activations()[3]).isCloseTo((float) z(0), within(1e-4f));
  }

  @Test
  void shouldLeaveWordsWithoutARowEmpty() {
    int[] rows = Arrays.stream(all()).filter(row -> row != 14).toArray();

    NeuronWords.Sentence best = words(rows).get(0).sentences().getFirst();

    assertThat(best.words()).containsExactly("odd", "dog", "", "the");
    assertThat(best.activations()[2]).isNaN();
  }

  @Test
  void shouldCutALongSentenceAroundItsStrongestWord() {
    int words = 200;
    float[][] values = new float[words][1];
    values[150][0] = 9;
    EvaluationData data = data(values, IntStream.range(0, words).toArray(), new int[] {0});

    NeuronWords.Sentence sentence =
        TopWords.of(data, standardizer(data), new int[] {0}, new Steps(FitProgress.NONE, 1))
            .get(0)
            .sentences()
            .getFirst();

    assertThat(sentence.firstWord()).isEqualTo(120);
    assertThat(sentence.words()).hasSize(60);
    assertThat(sentence.activations()[30]).isGreaterThan(10);
  }

  private static Map<Integer, NeuronWords> words(int[] rows) {
    float[][] values = new float[TEXT.length][2];
    for (int word = 0; word < TEXT.length; word++) {
      values[word][0] = FIRST[word];
      values[word][1] = -FIRST[word];
    }
    EvaluationData data = data(values, rows, new int[] {0, 4, 8, 12});
    return TopWords.of(data, standardizer(data), new int[] {0, 1}, new Steps(FitProgress.NONE, 1));
  }

  private static Standardizer standardizer(EvaluationData data) {
    return Standardizer.fit(data.matrix(), IntStream.range(0, data.matrix().rows()).toArray());
  }

  private static EvaluationData data(float[][] values, int[] rows, int[] starts) {
    return new EvaluationData(
        new ArrayMatrix(values),
        rows,
        Split.of(new byte[values.length]),
        new LayerMap(1, values[0].length),
        SentenceGroups.byPosition(starts, values.length),
        word -> TEXT[word % TEXT.length]);
  }

  private static int[] all() {
    return IntStream.range(0, TEXT.length).toArray();
  }

  private static double z(double value) {
    double mean =
        IntStream.range(0, FIRST.length).mapToDouble(i -> FIRST[i]).average().orElseThrow();
    double square =
        IntStream.range(0, FIRST.length)
            .mapToDouble(i -> (FIRST[i] - mean) * (FIRST[i] - mean))
            .average()
            .orElseThrow();
    return (value - mean) / Math.sqrt(square);
  }
}
