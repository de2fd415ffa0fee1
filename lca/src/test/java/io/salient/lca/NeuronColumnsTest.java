package io.salient.lca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class NeuronColumnsTest {
  private final ArrayMatrix matrix = new ArrayMatrix(new float[][] {{0, 1, 2}, {10, 11, 12}});

  @Test
  void shouldShowSomeNeuronsInTheOrderAskedFor() {
    NeuronColumns columns = new NeuronColumns(matrix, new int[] {2, 0});

    assertThat(columns.width()).isEqualTo(2);
    assertThat(columns.rows()).isEqualTo(2);
    MemorySegment target = MemorySegment.ofArray(new float[2]);
    columns.read(1, target);
    assertThat(target.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(12, 10);
  }

  @Test
  void shouldRefuseNeuronsThatAreNotThere() {
    assertThatThrownBy(() -> new NeuronColumns(matrix, new int[] {1, 3}))
        .hasMessage("neuron 3 of 3");
    assertThatThrownBy(() -> new NeuronColumns(matrix, new int[0]))
        .hasMessage("a matrix without neurons");
  }

  @Test
  void shouldTakeScratchSpaceAgain() {
    try (Arena arena = Arena.ofConfined()) {
      long[] taken = {0};
      ReusedScratch scratch =
          new ReusedScratch(
              bytes -> {
                taken[0] += bytes;
                return arena.allocate(bytes, 64);
              });

      for (int i = 1; i <= 100; i++) {
        assertThat(scratch.allocate(10L * i).byteSize()).isEqualTo(10L * i);
      }

      assertThat(taken[0]).isLessThan(4_000); // the largest piece has 1,000 bytes
    }
  }
}
