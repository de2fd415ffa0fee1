package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchProgramTest {
  private static final String SOURCE =
      """
      def arguments(self, x: Tensor, xs: List[Tensor], n: int, f: float, flag: bool, sizes: List[int], none: Optional[Tensor], word: str) -> List[Tensor]:
        out = annotate(List[Tensor], [torch.mul(x, f)])
        _0 = torch.append(out, torch.mul(xs[0], n))
        _1 = torch.append(out, torch.full(sizes, int(flag)))
        _2 = torch.append(out, torch.tensor(torch.__is__(none, None)))
        _3 = torch.append(out, torch.tensor(torch.len(word)))
        return out
      def nested(self, x: Tensor) -> Tuple[Tensor, Tuple[List[Tensor], int], float, bool]:
        return (x, ([torch.neg(x), torch.add(x, x)], 7), 0.25, True)
      def count(self, xs: List[Tensor]) -> int:
        return torch.len(xs)
      def nothing(self) -> Optional[Tensor]:
        return None
      def typed(self, x: Tensor, dtype: int) -> Tensor:
        return torch.to(x, dtype)
      def product(self, x: Tensor, y: Tensor) -> Tensor:
        return torch.matmul(x, y)
      def gradient(self) -> bool:
        return torch.is_grad_enabled()
      """;

  private static TorchProgram program;
  private NDManager manager;

  @BeforeAll
  static void compile() {
    program = TorchProgram.compile("kinds", SOURCE);
  }

  @AfterAll
  static void closeProgram() {
    program.close();
  }

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldTakeEveryKindOfArgument() {
    // given
    NDArray x = manager.create(new float[] {1, 2});

    // when
    NDList results =
        program.call(
            manager,
            "arguments",
            x,
            new NDArray[] {x, x},
            3L,
            0.5,
            true,
            new long[] {2, 2},
            null,
            "four");

    // then
    assertThat(results.get(0).toFloatArray()).containsExactly(0.5f, 1f);
    assertThat(results.get(1).toFloatArray()).containsExactly(3f, 6f);
    assertThat(results.get(2).getShape()).isEqualTo(new Shape(2, 2));
    assertThat(results.get(3).getBoolean()).isTrue();
    assertThat(results.get(4).getLong()).isEqualTo(4);
  }

  @Test
  void shouldTakeTheOtherSpellingsOfTheSameArguments() {
    // given
    NDArray x = manager.create(new float[] {1, 2});

    // when
    NDList results =
        program.call(
            manager,
            "arguments",
            x,
            List.of(x),
            3,
            0.5f,
            false,
            new int[] {1},
            manager.create(1f),
            "");

    // then
    assertThat(results.get(1).toFloatArray()).containsExactly(3f, 6f);
    assertThat(results.get(3).getBoolean()).isFalse();
    assertThat(program.call(manager, "count", new NDList()).singletonOrThrow().getLong()).isZero();
  }

  @Test
  void shouldGiveTuplesListsAndNumbersInTheirOrder() {
    // given
    NDArray x = manager.create(new float[] {1, 2});

    // when
    NDList results = program.call(manager, "nested", x);

    // then
    assertThat(results).hasSize(6);
    assertThat(results.get(1).toFloatArray()).containsExactly(-1f, -2f);
    assertThat(results.get(2).toFloatArray()).containsExactly(2f, 4f);
    assertThat(results.get(3).getLong()).isEqualTo(7);
    assertThat(results.get(4).getDouble()).isEqualTo(0.25);
    assertThat(results.get(5).getBoolean()).isTrue();
  }

  @Test
  void shouldAttachResultsToTheGivenManager() {
    // given
    NDArray x = manager.create(new float[] {1, 2});
    NDArray y;

    // when
    try (NDManager batch = manager.newSubManager()) {
      y = program.call(batch, "typed", x, 7).singletonOrThrow();
      assertThat(y.toDoubleArray()).containsExactly(1, 2);
    }

    // then
    assertThatThrownBy(y::toDoubleArray).isInstanceOf(IllegalStateException.class);
    assertThat(x.toFloatArray()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {15 /* bfloat16 */, 2 /* int16 */})
  void shouldRefuseResultsOfATypeThatWouldAbortTheJvm(int dtype) {
    // given
    NDArray x = manager.create(new float[] {1, 2});

    // when, then
    assertThatThrownBy(() -> program.call(manager, "typed", x, dtype))
        .isInstanceOf(TorchProgramException.class)
        .hasMessageContaining("kinds, method typed")
        .hasMessageContaining("convert it inside the program");
  }

  @Test
  void shouldNameProgramAndLineWhenItDoesNotCompile() {
    // given
    String source = "def f(self, x: Tensor) -> Tensor:\n  return torch.no_such_thing(x)\n";

    // when, then
    assertThatThrownBy(() -> TorchProgram.compile("broken", source))
        .isInstanceOf(TorchProgramException.class)
        .hasMessageStartingWith("TorchScript program broken does not compile")
        .hasMessageContaining("aten::no_such_thing")
        .hasMessageContaining("return torch.no_such_thing(x)")
        .hasMessageNotContaining("frame #");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"def f(self, x: Tensor -> Tensor:\n  return x", "def f(self):", "\0", "x"})
  void shouldRefuseTextThatIsNoProgram(String source) {
    assertThatThrownBy(() -> TorchProgram.compile("broken", source))
        .isInstanceOf(TorchProgramException.class)
        .hasMessageStartingWith("TorchScript program broken does not compile: ");
  }

  @Test
  void shouldNameMethodAndLineWhenItFails() {
    // given
    NDArray x = manager.ones(new Shape(2, 3));

    // when, then
    assertThatThrownBy(() -> program.call(manager, "product", x, x))
        .isInstanceOf(TorchProgramException.class)
        .hasMessageStartingWith("TorchScript program kinds, method product failed")
        .hasMessageContaining("torch.matmul(x, y)")
        .hasMessageContaining("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
  }

  @Test
  void shouldRefuseWhatDoesNotFitTheMethod() {
    NDArray x = manager.ones(new Shape(2));
    assertFails("product", "missing value for argument 'y'", x);
    assertFails("product", "Expected a value of type 'Tensor'", x, 3L);
    assertFails("no_such_method", "'no_such_method' is not defined");
    assertFails("product", "java.lang.Object has no TorchScript type", x, new Object());
    assertFails("count", "not an array of LibTorch", List.of("text"));
    assertFails("nothing", "it returns neither tensors nor numbers");
  }

  private void assertFails(String method, String message, Object... arguments) {
    assertThatThrownBy(() -> program.call(manager, method, arguments))
        .isInstanceOf(TorchProgramException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseCallsAfterClosing() {
    TorchProgram closed = TorchProgram.compile("closed", SOURCE);
    closed.close();
    assertThatThrownBy(() -> closed.call(manager, "gradient"))
        .isInstanceOf(IllegalStateException.class);
    closed.close();
  }

  @Test
  void shouldGiveTheSameFromManyThreadsAtOnce() throws Exception {
    // given
    NDArray x = manager.arange(0f, 6f).reshape(2, 3);
    NDArray y = manager.arange(0f, 6f).reshape(3, 2);
    float[] expected = {10, 13, 28, 40};

    // when
    List<Future<float[]>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 400; i++) {
        results.add(threads.submit(() -> product(x, y)));
      }
    }

    // then
    for (Future<float[]> result : results) {
      assertThat(result.get()).containsExactly(expected);
    }
  }

  private static float[] product(NDArray x, NDArray y) {
    try (NDManager own = TorchEngine.newManager()) {
      return program.call(own, "product", x, y).singletonOrThrow().toFloatArray();
    }
  }

  @Test
  void shouldRunWithoutGradientsInEveryKindOfThread() throws Exception {
    try (ExecutorService platform = Executors.newSingleThreadExecutor();
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(platform.submit(this::gradient).get()).isFalse();
      assertThat(virtual.submit(this::gradient).get()).isFalse();
      assertThat(gradient()).isFalse();
    }
  }

  private boolean gradient() {
    return program.call(manager, "gradient").singletonOrThrow().getBoolean();
  }

  @Test
  void shouldNotLeakOverThousandsOfCalls() {
    // given: 1 MB in, 3 MB out, and every second call fails
    NDArray x = manager.zeros(new Shape(512, 512), DataType.FLOAT32);
    callMany(x, 50);
    long before = ProcessMemory.residentBytes();

    // when
    callMany(x, 2_000);

    // then: the results alone were 6 GB
    assertThat(ProcessMemory.residentBytes() - before).isLessThan(128L << 20);
  }

  private void callMany(NDArray x, int times) {
    for (int i = 0; i < times; i++) {
      try (NDManager batch = manager.newSubManager()) {
        assertThat(program.call(batch, "nested", x)).hasSize(6);
        assertThatThrownBy(() -> program.call(batch, "typed", x, 15))
            .isInstanceOf(TorchProgramException.class);
      }
    }
  }
}
