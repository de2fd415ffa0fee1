package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneDnnTest {
  @Test
  void shouldBeAvailableInTheBuildThatWeShip() {
    assertThat(OneDnn.available()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,3,5", "7,640,17", "256,768,3072", "0,16,4"})
  void shouldEqualTorchLinear(int rows, int inputs, int outputs) {
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram oneDnn = program(true);
        TorchProgram torch = program(false)) {
      // given
      NDArray x = normal(manager, rows, inputs);
      NDArray w = normal(manager, outputs, inputs).div(Math.sqrt(inputs));
      NDArray bias = manager.randomNormal(new Shape(outputs));

      for (String method :
          new String[] {
            "linear", "linear_gelu", "linear_gelu_tanh", "linear_relu", "linear_silu"
          }) {
        for (NDArray b : new NDArray[] {bias, null}) {
          // when
          NDArray fast = oneDnn.call(manager, method, x, w, b).singletonOrThrow();
          NDArray plain = torch.call(manager, method, x, w, b).singletonOrThrow();

          // then
          assertThat(fast.getShape()).isEqualTo(new Shape(rows, outputs));
          assertThat(rows == 0 ? 0 : fast.sub(plain).abs().max().getFloat()).isLessThan(1e-4f);
        }
      }
    }
  }

  @Test
  void shouldTakeBatchesOfSequencesAndTransposedWeights() {
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram oneDnn = program(true);
        TorchProgram torch = program(false)) {
      // given
      NDArray x = manager.randomNormal(new Shape(3, 5, 16));
      NDArray w = normal(manager, 16, 8).transpose();

      // when
      NDArray fast = oneDnn.call(manager, "linear", x, w, null).singletonOrThrow();
      NDArray plain = torch.call(manager, "linear", x, w, null).singletonOrThrow();

      // then
      assertThat(fast.getShape()).isEqualTo(new Shape(3, 5, 8));
      assertThat(fast.sub(plain).abs().max().getFloat()).isLessThan(1e-4f);
    }
  }

  private static NDArray normal(NDManager manager, int rows, int columns) {
    return rows == 0
        ? manager.zeros(new Shape(0, columns))
        : manager.randomNormal(new Shape(rows, columns));
  }

  @Test
  void shouldMultiplyBfloat16AlsoWhereTheProcessorCannot() {
    String both =
        """
        def widened(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
          if b is not None:
            b = b.to(15)
          return self.salient_bfloat16(x.to(15), w.to(15), b, "relu", "").to(6)
        def exact(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
          if b is not None:
            b = b.to(15).to(7)
          return torch.relu(torch.linear(x.to(15).to(7), w.to(15).to(7), b)).to(6)
        """;
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program =
            TorchProgram.compileText(
                "widened", OneDnn.linearMethods(true, false) + both + TorchValues.METHODS)) {
      // given
      NDArray x = normal(manager, 7, 64);
      NDArray w = normal(manager, 17, 64).div(8);
      NDArray bias = manager.randomNormal(new Shape(17));

      for (NDArray b : new NDArray[] {bias, null}) {
        // when
        NDArray widened = program.call(manager, "widened", x, w, b).singletonOrThrow();
        NDArray exact = program.call(manager, "exact", x, w, b).singletonOrThrow();

        // then: the same but for the rounding of the result to 8 bits
        NDArray error = widened.sub(exact).abs().sub(exact.abs().div(256));
        assertThat(error.max().getFloat()).isLessThan(1e-4f);
      }
    }
  }

  private static TorchProgram program(boolean oneDnn) {
    return TorchProgram.compileText(
        "linear, oneDNN " + oneDnn, OneDnn.linearMethods(oneDnn, false) + TorchValues.METHODS);
  }
}
