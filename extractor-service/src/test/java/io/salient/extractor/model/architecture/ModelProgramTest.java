package io.salient.extractor.model.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import org.junit.jupiter.api.Test;

/** How names in a family's text become places in the list of weights. */
class ModelProgramTest {
  private static final String EMBED =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids) * $factor
      """;
  private static final String LAST =
      """
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return x + $end
      """;

  private static String block(String method, String expression) {
    return "def "
        + method
        + "(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) ->"
        + " Tensor:\n  return "
        + expression
        + "\n";
  }

  private static Tensors fixed() {
    return new Tensors().matrix("words", 2, 2, "words").vector("end", 2, "end");
  }

  private static Tensors one(String name) {
    return new Tensors().vector(name, 2, name);
  }

  private static float[][] states(Architecture architecture, float[]... weights) {
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program = ModelProgram.compile(architecture)) {
      NDArray ids = manager.create(new long[] {1}, new Shape(1, 1));
      NDArray[] w = new NDArray[weights.length + 1];
      w[0] = manager.create(new float[] {0, 0, 1, 2}, new Shape(2, 2));
      for (int i = 0; i < weights.length; i++) {
        w[i + 1] = manager.create(weights[i]);
      }
      return program.call(manager, "states", ids, null, w).stream()
          .map(NDArray::toFloatArray)
          .toArray(float[][]::new);
    }
  }

  private static Architecture.Builder builder() {
    return Architecture.builder("test").number("factor", 10.0).fixed(fixed()).text(EMBED, LAST);
  }

  @Test
  void shouldGiveEachBlockItsOwnWeightsAndTheLastLayerTheFinalNorm() {
    Block adds = new Block("adds", one("shift"), block("adds", "x + $shift"));
    Block scales = new Block("scales", one("scale"), block("scales", "x * $scale"));
    Architecture architecture =
        builder().layer(adds, "a.").layer(scales, "b.").layer(adds, "c.").build();
    // when
    float[][] states =
        states(
            architecture,
            new float[] {1000, 1000}, // end
            new float[] {1, 2}, // a.shift
            new float[] {3, 4}, // b.scale
            new float[] {5, 6}); // c.shift
    // then
    assertThat(states).isDeepEqualTo(new float[][] {{10, 20}, {11, 22}, {33, 88}, {1038, 1094}});
  }

  @Test
  void shouldShareTheWeightsOfLayersOfOneNameAndKeepThoseOfOthersApart() {
    Tensors first = one("shift");
    String text = block("adds", "x + $shift");
    Block shared = new Block("adds", first, text);
    Block other = new Block("adds", one("shift"), text);
    Architecture architecture =
        builder().layer(shared, "").layer(other, "").layer(shared, "").build();
    // when
    float[][] states =
        states(architecture, new float[] {0, 0}, new float[] {1, 1}, new float[] {5, 5});
    // then
    assertThat(states).isDeepEqualTo(new float[][] {{10, 20}, {11, 21}, {16, 26}, {17, 27}});
  }

  @Test
  void shouldPassNoneForABiasThatAModelHasNot() {
    Tensors linear = new Tensors().linear("l", 2, false, new Tensors.Rows("l", 2));
    Block block = new Block("block", linear, block("block", "self.linear(x, $l) + $l.weight[0]"));
    Architecture architecture =
        Architecture.builder("test")
            .number("factor", 1.0)
            .fixed(new Tensors().matrix("words", 2, 2, "words"))
            .text(EMBED)
            .layer(block, "")
            .build();
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program = ModelProgram.compile(architecture)) {
      NDArray words = manager.create(new float[] {0, 0, 1, 2}, new Shape(2, 2));
      NDArray weight = manager.create(new float[] {1, 1, 0, 2}, new Shape(2, 2));
      NDArray ids = manager.create(new long[] {1}, new Shape(1, 1));
      // when
      float[] output =
          program
              .call(manager, "states", ids, null, new NDArray[] {words, weight})
              .get(1)
              .toFloatArray();
      // then
      assertThat(output).containsExactly(4, 5);
    }
  }

  @Test
  void shouldNameWhatATextAsksForAndIsNotThere() {
    Block block = new Block("block", one("shift"), block("block", "x + $shfit"));
    Architecture architecture = builder().layer(block, "").build();
    assertThatThrownBy(() -> ModelProgram.compile(architecture))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("$shfit");
  }

  @Test
  void shouldRefuseTwoWeightsOfOneName() {
    Tensors tensors = one("shift");
    assertThatThrownBy(() -> tensors.vector("shift", 3, "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shift");
  }
}
