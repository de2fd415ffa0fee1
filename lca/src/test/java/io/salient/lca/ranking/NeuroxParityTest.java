package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ArrayMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Answers of NeuroX itself, as {@code src/test/python/neurox_fixture.py} wrote them; the first line
 * of the file names the versions.
 */
class NeuroxParityTest {
  private static final int LABELS = 5;
  private static final int NEURONS = 60;
  private static final Map<String, String[]> ANSWERS = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream file = NeuroxParityTest.class.getResourceAsStream("/neurox/parity.tsv")) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .forEach(parts -> ANSWERS.put(parts[0], parts[1].split(" ")));
    }
  }

  @Test
  void shouldSelectTheSameTopAndBottomNeurons() {
    for (String share : new String[] {"0.1", "0.25", "0.5", "0.9"}) {
      NeuronSelection top = NeuronSelection.topByMass(weights(), Double.parseDouble(share));
      assertThat(top.all()).as("top %s", share).isEqualTo(numbers("top/" + share));
      for (int c = 0; c < LABELS; c++) {
        assertThat(top.perLabel().get(c)).isEqualTo(numbers("top/" + share + "/" + c));
      }
      assertThat(NeuronSelection.bottomByMass(weights(), Double.parseDouble(share)).all())
          .as("bottom %s", share)
          .isEqualTo(numbers("bottom/" + share));
    }
  }

  @Test
  void shouldSelectTheSameNeuronsByThreshold() {
    for (int divisor : new int[] {2, 5}) {
      assertThat(NeuronSelection.topByThreshold(weights(), divisor).all())
          .isEqualTo(numbers("threshold/" + divisor));
    }
  }

  @Test
  void shouldOrderInTheSameChunks() {
    // given
    NeuroxRanker ranker = new NeuroxRanker(NEURONS);
    Arrays.stream(weights()).forEach(ranker::add);

    // when
    NeuronRanking ranking = ranker.ranking().orElseThrow();

    // then: chunk by chunk as sets, the order inside a chunk being NeuroX's hash set's
    int[] theirs = numbers("ordering");
    int start = 0;
    for (int end : numbers("cutoffs")) {
      int[] chunk = Arrays.copyOfRange(theirs, start, end);
      Arrays.sort(chunk);
      int[] ours = Arrays.copyOfRange(ranking.order(), start, end);
      assertThat(ours).as("places %d to %d", start, end).isEqualTo(chunk);
      start = end;
    }
    // and: the two neurons that no label uses come last of all, here always
    assertThat(Arrays.copyOfRange(ranking.order(), NEURONS - 2, NEURONS)).containsExactly(7, 30);
  }

  @Test
  void shouldRankWithoutAProbeInTheSameOrder() {
    // given
    int[] labels = numbers("labels");
    float[][] words = new float[labels.length][];
    for (int i = 0; i < words.length; i++) {
      words[i] = floats("word/" + i);
    }

    // when: NeuroX takes activations as they are
    int[] rows = IntStream.range(0, words.length).toArray();
    MethodScores scores =
        new ActivationRanking(
                new ArrayMatrix(words), rows, labels, LABELS, false, 0, Shrinkage.NEUROX)
            .scores(RankingMethod.PROBELESS, bytes -> null, done -> {});

    // then
    assertThat(scores.ranking(new int[LABELS], 0).orElseThrow().order())
        .isEqualTo(numbers("probeless"));
    for (int c = 0; c < LABELS; c++) {
      assertThat(NeuronRanking.ofSaliences(scores.perLabel()[c]).order())
          .isEqualTo(numbers("probeless/" + c));
    }
  }

  private static float[][] weights() {
    return IntStream.range(0, LABELS).mapToObj(c -> floats("weights/" + c)).toArray(float[][]::new);
  }

  private static float[] floats(String name) {
    String[] numbers = ANSWERS.get(name);
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(numbers[i]);
    }
    return values;
  }

  private static int[] numbers(String name) {
    return Arrays.stream(ANSWERS.get(name)).mapToInt(Integer::parseInt).toArray();
  }
}
