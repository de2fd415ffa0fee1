package io.salient.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * LibTorch in this process: started once, offline and quiet, on the CPU, without gradients.
 *
 * <p>LibTorch's shared objects come out of a jar: DJL unpacks them once to {@code
 * $DJL_CACHE_DIR/pytorch}, by default {@code ~/.djl.ai/pytorch}, or below {@code java.io.tmpdir}
 * where the home directory cannot be written. Nothing is ever downloaded.
 *
 * <p>Thread-safe; a single {@link NDManager} is not, so each thread works with its own.
 */
public final class TorchEngine {
  /** System property: threads that one LibTorch operation may use; by default all processors. */
  public static final String THREADS_PROPERTY = "salient.torch.threads";

  private static final ThreadLocal<Boolean> PREPARED = new ThreadLocal<>();

  /** The engine that runs; null before the first start. */
  private static volatile Running running;

  private record Running(Engine engine, int threads) {}

  private TorchEngine() {}

  /**
   * Starts LibTorch; does nothing when it runs already.
   *
   * @throws IllegalStateException when LibTorch cannot be loaded or a setting is wrong, saying what
   *     to change
   */
  public static void start() {
    onThisThread();
  }

  /** A manager that owns arrays in the CPU's memory until it is closed; the caller closes it. */
  public static NDManager newManager() {
    onThisThread();
    return running().engine().newBaseManager(Device.cpu());
  }

  /** Threads that one LibTorch operation may use. */
  public static int threads() {
    return running().threads();
  }

  /**
   * Gradients and graph optimiser off, number of threads set: LibTorch keeps all three for each
   * thread. {@link #newManager} and {@link TorchProgram#call} do it themselves; a thread that uses
   * DJL's own operations on another thread's manager calls it first.
   */
  public static void onThisThread() {
    // A virtual thread may run on another carrier each time, and the settings stick to the carrier.
    if (PREPARED.get() == null || Thread.currentThread().isVirtual()) {
      EngineStart.prepareThread(running().threads());
      PREPARED.set(true);
    }
  }

  /**
   * The same with fewer threads for this thread's operations, from now on. For threads that do not
   * outlive their work.
   *
   * @param threads at least 1
   */
  public static void onThisThread(int threads) {
    running();
    EngineStart.prepareThread(threads);
    PREPARED.set(true);
  }

  private static Running running() {
    return running == null ? startOnce() : running;
  }

  private static synchronized Running startOnce() {
    if (running == null) {
      int threads = configuredThreads();
      running = new Running(EngineStart.start(threads), threads);
    }
    return running;
  }

  /**
   * A float32 array over memory that stays where it is: nothing is copied.
   *
   * <p>Lifetime: LibTorch knows only the address. The memory must stay valid, and its arena open,
   * until the array, and everything that shares memory with it (a view, a slice, a reshape, a
   * program's result that is one of these), is closed; otherwise the JVM crashes. Memory of an
   * automatic arena is kept alive by the array itself, but not by views of it. Mapped memory may be
   * read-only as long as nothing writes to the array in place. What is written to the memory later
   * is seen by the array.
   *
   * @param manager owner of the array
   * @param memory native or mapped, little-endian on every platform LibTorch is built for; at least
   *     4 x size bytes and under 2 GiB: larger matrices are viewed in blocks of rows
   * @param shape shape of the array
   * @throws IllegalArgumentException when the memory is on the heap, too large, or not as large as
   *     the shape
   */
  public static NDArray view(NDManager manager, MemorySegment memory, Shape shape) {
    return view(manager, memory, shape, DataType.FLOAT32);
  }

  static NDArray view(NDManager manager, MemorySegment memory, Shape shape, DataType type) {
    onThisThread();
    long bytes = bytes(shape, type);
    if (!memory.isNative()) {
      throw new IllegalArgumentException("a view needs native or mapped memory, not the heap");
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a view of " + bytes + " bytes is over 2 GiB: view it in blocks of rows");
    }
    if (memory.byteSize() != bytes) {
      throw new IllegalArgumentException(
          memory.byteSize() + " bytes of memory for shape " + shape + ", which has " + bytes);
    }
    if (bytes == 0) {
      return manager.zeros(shape, type);
    }
    return JniUtils.createNdFromByteBuffer(
        (PtNDManager) manager,
        memory.asByteBuffer(),
        shape,
        type,
        SparseFormat.DENSE,
        Device.cpu());
  }

  /**
   * The memory of an array, for reading, without a copy where the array is contiguous; a strided
   * one (transposed, sliced by column) is first copied to an array that its manager owns.
   *
   * <p>Lifetime: valid until the array, or its manager, is closed; the caller keeps the array
   * reachable while reading.
   *
   * @param array dense, on the CPU, under 2 GiB
   * @return size x bytes of the type, row-major, native order
   * @throws IllegalArgumentException when the array is too large
   */
  public static MemorySegment memory(NDArray array) {
    long bytes = array.size() * array.getDataType().getNumOfBytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "an array of " + bytes + " bytes is over 2 GiB: read it in blocks of rows");
    }
    ByteBuffer buffer = JniUtils.getByteBuffer((PtNDArray) array, true);
    return MemorySegment.ofBuffer(buffer).asReadOnly();
  }

  /**
   * Copies an array's values, row-major, native order.
   *
   * @param array dense, on the CPU, under 2 GiB
   * @param target at least as large as the array
   * @return bytes copied
   */
  public static long copy(NDArray array, MemorySegment target) {
    try {
      MemorySegment source = memory(array);
      MemorySegment.copy(source, 0, target, 0, source.byteSize());
      return source.byteSize();
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  private static long bytes(Shape shape, DataType type) {
    long bytes = type.getNumOfBytes();
    for (long size : shape.getShape()) {
      bytes = Math.multiplyExact(bytes, size); // Shape.size() overflows silently
    }
    return bytes;
  }

  private static int configuredThreads() {
    String text = System.getProperty(THREADS_PROPERTY);
    if (text == null || text.isBlank()) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(text.strip());
      if (threads >= 1 && threads <= 4096) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // refused below, together with numbers out of range
    }
    throw new IllegalStateException(
        THREADS_PROPERTY + "=" + text + ": must be a number of threads from 1 to 4096");
  }
}
