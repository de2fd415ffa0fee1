package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchEngineTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldSetUpEveryThread() throws Exception {
    // given
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      // when
      boolean gradients =
          worker
              .submit(
                  () -> {
                    TorchEngine.onThisThread();
                    return JniUtils.isGradMode();
                  })
              .get();
      int threads = worker.submit(JniUtils::getNumThreads).get();

      // then
      assertThat(gradients).isFalse();
      assertThat(threads).isEqualTo(TorchEngine.threads());
      assertThat(TorchEngine.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
  }

  @Test
  void shouldViewMemoryWithoutACopy() {
    try (Arena arena = Arena.ofConfined()) {
      // given
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4, 5, 6);

      // when
      NDArray view = TorchEngine.view(manager, memory.asSlice(8), new Shape(2, 2));
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, 5, 60);

      // then
      assertThat(view.toFloatArray()).containsExactly(3, 4, 5, 60);
      assertThat(TorchEngine.memory(view).address()).isEqualTo(memory.address() + 8);
      view.close();
    }
  }

  @Test
  void shouldViewBlocksOfAMappedFileBeyondTwoGibibytes(@TempDir Path folder) throws IOException {
    // given: a sparse file of 5 GiB whose last floats are 1, 2, 3, 4
    Path file = folder.resolve("matrix");
    try (Arena arena = Arena.ofShared();
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment written = channel.map(FileChannel.MapMode.READ_WRITE, 0, 5L << 30, arena);
      MemorySegment last = written.asSlice(written.byteSize() - 16);
      MemorySegment.copy(new float[] {1, 2, 3, 4}, 0, last, ValueLayout.JAVA_FLOAT, 0, 4);
      MemorySegment readOnly = channel.map(FileChannel.MapMode.READ_ONLY, 0, 5L << 30, arena);

      // when
      MemorySegment block = readOnly.asSlice(readOnly.byteSize() - 16);
      NDArray view = TorchEngine.view(manager, block, new Shape(2, 2));

      // then
      assertThat(view.toFloatArray()).containsExactly(1, 2, 3, 4);
      assertThat(TorchEngine.memory(view).address()).isEqualTo(block.address());
      assertThatThrownBy(
              () -> TorchEngine.view(manager, readOnly, new Shape(readOnly.byteSize() / 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("view it in blocks of rows");
      view.close();
    }
  }

  @Test
  void shouldRefuseMemoryThatDoesNotFit() {
    Shape shape = new Shape(2, 2);
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> TorchEngine.view(manager, arena.allocate(12), shape))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("12 bytes of memory");
      assertThatThrownBy(
              () -> TorchEngine.view(manager, MemorySegment.ofArray(new float[4]), shape))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not the heap");
      assertThatThrownBy(
              () -> TorchEngine.view(manager, arena.allocate(8), new Shape(1L << 40, 1L << 40)))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void shouldViewNothingAsNothing() {
    NDArray view = TorchEngine.view(manager, MemorySegment.NULL, new Shape(0, 3));
    assertThat(view.getShape()).isEqualTo(new Shape(0, 3));
    assertThat(TorchEngine.memory(view).byteSize()).isZero();
  }

  @Test
  void shouldCopyAnArrayToMemoryRowByRow() {
    // given
    NDArray strided = manager.arange(0f, 6f).reshape(2, 3).transpose();
    float[] copied = new float[7];

    // when
    long bytes = TorchEngine.copy(strided, MemorySegment.ofArray(copied));

    // then
    assertThat(bytes).isEqualTo(24);
    assertThat(copied).containsExactly(0, 3, 1, 4, 2, 5, 0);
    assertThatThrownBy(() -> TorchEngine.copy(strided, MemorySegment.ofArray(new float[5])))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
