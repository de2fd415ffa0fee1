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
  void shouldTakeEveryWindowOnceWithinTheLimit() {
    // given
    List<Window> windows = random(500);
    // when
    List<List<Integer>> batches = BatchPlan.of(windows, LIMIT, 42);
    // then
    assertThat(batches.stream().flatMap(List::stream).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
    assertThat(batches)
        .allSatisfy(
            batch -> {
              int longest = batch.stream().mapToInt(i -> length(windows, i)).max().orElseThrow();
              assertThat(batch.size() == 1 || batch.size() * longest <= LIMIT).isTrue();
            });
  }

  @Test
  void shouldHoldLittlePadding() {
    // given
    List<Window> windows = random(500);
    // when
    List<List<Integer>> batches = BatchPlan.of(windows, LIMIT, 42);
    // then
    int padded = 0;
    for (List<Integer> batch : batches) {
      int longest = batch.stream().mapToInt(i -> length(windows, i)).max().orElseThrow();
      padded += batch.size() * longest;
    }
    int real = windows.stream().mapToInt(window -> window.ids().length).sum();
    assertThat(padded).isLessThan(real * 105 / 100);
  }

  @Test
  void shouldBeTheSameForTheSameSeedOnly() {
    // given
    List<Window> windows = random(500);
    // when, then
    assertThat(BatchPlan.of(windows, LIMIT, 1)).isEqualTo(BatchPlan.of(windows, LIMIT, 1));
    assertThat(BatchPlan.of(windows, LIMIT, 1)).isNotEqualTo(BatchPlan.of(windows, LIMIT, 2));
  }

  @Test
  void shouldNotBeginWithTheShortOnes() {
    // given: a provisional probe is fitted on the first tenth
    List<Window> windows = random(4000);
    List<List<Integer>> batches = BatchPlan.of(windows, LIMIT, 42);
    // when
    double early = meanLength(windows, batches.subList(0, batches.size() / 10));
    double all = meanLength(windows, batches);
    // then
    assertThat(early / all).isBetween(0.8, 1.25);
  }

  @Test
  void shouldSendAWindowBeyondTheLimitAlone() {
    // given
    List<Window> windows = List.of(of(LIMIT + 1), of(3), of(LIMIT + 1), of(3));
    // when, then
    assertThat(BatchPlan.of(windows, LIMIT, 42))
        .containsExactlyInAnyOrder(List.of(1, 3), List.of(0), List.of(2));
  }

  @Test
  void shouldPlanNothing() {
    assertThat(BatchPlan.of(List.of(), LIMIT, 42)).isEmpty();
  }

  private static double meanLength(List<Window> windows, List<List<Integer>> batches) {
    return batches.stream()
        .flatMap(List::stream)
        .mapToInt(i -> length(windows, i))
        .average()
        .orElseThrow();
  }

  private static int length(List<Window> windows, int window) {
    return windows.get(window).ids().length;
  }

  private static List<Window> random(int count) {
    Random random = new Random(7);
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(of(3 + random.nextInt(30)));
    }
    return windows;
  }

  /** One word of that many subwords, the two special ones included. */
  private static Window of(int length) {
    return new Window(new long[length], new int[] {0}, new int[] {1}, new int[] {length - 2});
  }
}
