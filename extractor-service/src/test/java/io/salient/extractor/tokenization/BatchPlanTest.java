package io.salient.extractor.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  private static final int LIMIT = 64;

  @Test
  void shouldTakeEverySentenceOnceWithinTheLimit() {
    // given
    List<TokenizedSentence> sentences = random(500);
    // when
    List<List<Integer>> batches = BatchPlan.of(sentences, LIMIT, 42);
    // then
    assertThat(batches.stream().flatMap(List::stream).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
    assertThat(batches)
        .allSatisfy(
            batch -> {
              int longest = batch.stream().mapToInt(i -> length(sentences, i)).max().orElseThrow();
              assertThat(batch.size() == 1 || batch.size() * longest <= LIMIT).isTrue();
            });
  }

  @Test
  void shouldHoldLittlePadding() {
    // given
    List<TokenizedSentence> sentences = random(500);
    // when
    List<List<Integer>> batches = BatchPlan.of(sentences, LIMIT, 42);
    // then
    int padded = 0;
    for (List<Integer> batch : batches) {
      int longest = batch.stream().mapToInt(i -> length(sentences, i)).max().orElseThrow();
      padded += batch.size() * longest;
    }
    int real = sentences.stream().mapToInt(sentence -> sentence.ids().length).sum();
    assertThat(padded).isLessThan(real * 105 / 100);
  }

  @Test
  void shouldBeTheSameForTheSameSeedOnly() {
    // given
    List<TokenizedSentence> sentences = random(500);
    // when, then
    assertThat(BatchPlan.of(sentences, LIMIT, 1)).isEqualTo(BatchPlan.of(sentences, LIMIT, 1));
    assertThat(BatchPlan.of(sentences, LIMIT, 1)).isNotEqualTo(BatchPlan.of(sentences, LIMIT, 2));
  }

  @Test
  void shouldNotBeginWithTheShortOnes() {
    // given: a provisional probe is fitted on the first tenth
    List<TokenizedSentence> sentences = random(4000);
    List<List<Integer>> batches = BatchPlan.of(sentences, LIMIT, 42);
    // when
    double early = meanLength(sentences, batches.subList(0, batches.size() / 10));
    double all = meanLength(sentences, batches);
    // then
    assertThat(early / all).isBetween(0.8, 1.25);
  }

  @Test
  void shouldSendASentenceBeyondTheLimitAlone() {
    // given
    List<TokenizedSentence> sentences = List.of(of(LIMIT + 1), of(3), of(LIMIT + 1), of(3));
    // when, then
    assertThat(BatchPlan.of(sentences, LIMIT, 42))
        .containsExactlyInAnyOrder(List.of(1, 3), List.of(0), List.of(2));
  }

  @Test
  void shouldLeaveOutSentencesWithoutARow() {
    // given
    TokenizedSentence none =
        new TokenizedSentence(new long[] {1, 2}, new int[] {-1}, new int[] {-1}, 1);
    // when, then
    assertThat(BatchPlan.of(List.of(none, of(3)), LIMIT, 42)).containsExactly(List.of(1));
    assertThat(BatchPlan.of(List.of(none), LIMIT, 42)).isEmpty();
  }

  private static double meanLength(List<TokenizedSentence> sentences, List<List<Integer>> batches) {
    return batches.stream()
        .flatMap(List::stream)
        .mapToInt(i -> length(sentences, i))
        .average()
        .orElseThrow();
  }

  private static int length(List<TokenizedSentence> sentences, int sentence) {
    return sentences.get(sentence).ids().length;
  }

  private static List<TokenizedSentence> random(int count) {
    Random random = new Random(7);
    List<TokenizedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sentences.add(of(3 + random.nextInt(30)));
    }
    return sentences;
  }

  /** One word of that many subwords, the two special ones included. */
  private static TokenizedSentence of(int length) {
    return new TokenizedSentence(new long[length], new int[] {1}, new int[] {length - 2}, 1);
  }
}
