package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeGridTest {
  @Test
  void shouldGrowGeometricallyToTheLast() {
    assertThat(SizeGrid.upTo(100))
        .containsExactly(1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 100);
    assertThat(SizeGrid.upTo(64)).endsWith(45, 64);
    assertThat(SizeGrid.upTo(1)).containsExactly(1);
    assertThat(SizeGrid.upTo(9_984)).hasSize(27);
  }
}
