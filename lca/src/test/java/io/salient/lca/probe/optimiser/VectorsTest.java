package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pieces that work is cut into, without the vectors. */
class VectorsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_768, 32_769, 1_000_000, (1 << 30) + 1, Integer.MAX_VALUE})
  void shouldReachEveryElementOnce(int length) {
    // given
    AtomicLong elements = new AtomicLong();
    AtomicLong positions = new AtomicLong();

    // when
    Vectors.each(
        length,
        (from, to) -> {
          elements.addAndGet(to - from);
          positions.addAndGet(sumOfPositions(from, to));
        });

    // then
    assertThat(elements).hasValue(length);
    assertThat(positions).hasValue(sumOfPositions(0, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_769, Integer.MAX_VALUE})
  void shouldSumEveryElementOnce(int length) {
    assertThat(Vectors.sum(length, (from, to) -> to - from)).isEqualTo(length);
  }

  /** from + .. + (to - 1). */
  private static long sumOfPositions(long from, long to) {
    return (to * (to - 1) - from * (from - 1)) / 2;
  }
}
