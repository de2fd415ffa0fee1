package io.salient.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A program of ours for LibTorch: TorchScript source text, packed by Java, compiled and run by
 * LibTorch. Weights and activations are arguments; the program itself holds nothing.
 *
 * <pre>{@code
 * try (TorchProgram program = TorchProgram.compile("scale", """
 *         def scale(self, x: Tensor, factor: float) -> Tensor:
 *           return torch.mul(x, factor)
 *         """)) {
 *   NDArray y = program.call(manager, "scale", x, 2.0).singletonOrThrow();
 * }
 * }</pre>
 *
 * <p>The text is TorchScript as an archive has it: operators, slices and methods of tensors as in
 * Python, operations by their full names, methods of the same program as {@code self.name(...)},
 * types as numbers ({@code dtype=6} is float32).
 *
 * <p>Every program has these methods besides its own, on oneDNN's kernels where this build and
 * processor have them and on {@code torch.linear} where not (see {@link OneDnn}):
 *
 * <ul>
 *   <li>{@code (self).linear(x, w, b)}: {@code x W' + b}, last dimension of x is the input; b
 *       {@code Optional[Tensor]}
 *   <li>{@code (self).linear_gelu(x, w, b)}: the same through the exact (erf) GELU, in one kernel
 *   <li>{@code (self).linear_gelu_tanh(x, w, b)}: through the approximation of GELU by tanh
 *   <li>{@code (self).linear_relu(x, w, b)} and {@code linear_silu}: through ReLU, or SiLU
 * </ul>
 *
 * <p>Thread-safe: several threads may call, each with its own manager. Close it when no call runs.
 */
public final class TorchProgram implements AutoCloseable {
  private static final int MESSAGE_LINES = 16;

  private final String name;
  private final NDManager manager;
  private final PtSymbolBlock module;

  private TorchProgram(String name, NDManager manager, PtSymbolBlock module) {
    this.name = name;
    this.manager = manager;
    this.module = module;
  }

  /**
   * Compiles a program.
   *
   * @param name what the program is called in messages
   * @param source methods, {@code def name(self, x: Tensor) -> Tensor:} ..., starting at the first
   *     column
   * @throws TorchProgramException when LibTorch does not accept it
   */
  public static TorchProgram compile(String name, String source) {
    return compileText(name, source + "\n" + OneDnn.linearMethods() + TorchValues.METHODS);
  }

  /** Compiles exactly this text. */
  static TorchProgram compileText(String name, String text) {
    NDManager manager = TorchEngine.newManager();
    try {
      return new TorchProgram(name, manager, load(manager, text));
    } catch (EngineException | IllegalArgumentException e) {
      manager.close();
      throw failure("TorchScript program " + name + " does not compile", e);
    }
  }

  private static PtSymbolBlock load(NDManager manager, String text) {
    try {
      return JniUtils.loadModule(
          (PtNDManager) manager, new ByteArrayInputStream(TorchArchive.pack(text)), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
  }

  /**
   * Calls a method.
   *
   * <p>bfloat16 and int16 cannot leave a program: DJL does not know them, and nearly any operation
   * on such an array, like any DJL call with {@code DataType.BFLOAT16} or {@code INT16}, aborts the
   * JVM. A program that returns one is refused; convert inside it ({@code torch.to(x, 6)} is
   * float32).
   *
   * @param results owner of the results
   * @param method name of the method
   * @param arguments {@code NDArray} for Tensor, {@code NDArray[]}, {@code NDList} or a list of
   *     arrays for List[Tensor], {@code Long}/{@code Integer} for int, {@code Double}/{@code Float}
   *     for float, {@code Boolean} for bool, {@code String} for str, {@code long[]}/{@code int[]}
   *     for List[int], {@code double[]} for List[float], {@code null} for None
   * @return the tensor, or the tensors of a list or tuple in their order; an int, float or bool as
   *     a scalar of type int64, float64 or boolean
   * @throws TorchProgramException when the arguments do not fit the method or it fails
   */
  public NDList call(NDManager results, String method, Object... arguments) {
    TorchEngine.onThisThread();
    try (TorchValues values = new TorchValues(this)) {
      IValue[] inputs = values.inputs(arguments);
      IValue output = values.own(run(method, inputs));
      return values.outputs((PtNDManager) results, output);
    } catch (EngineException | IllegalArgumentException e) {
      throw failure("TorchScript program " + name + ", method " + method + " failed", e);
    }
  }

  /** Runs a method as it is; the caller closes the result. */
  IValue run(String method, IValue... inputs) {
    return IValueUtils.runMethod(module, method, inputs);
  }

  /** What the program is called in messages. */
  public String name() {
    return name;
  }

  private static TorchProgramException failure(String what, RuntimeException cause) {
    String text =
        String.valueOf(cause.getMessage())
            .lines()
            .filter(line -> !isFrame(line))
            .limit(MESSAGE_LINES)
            .collect(Collectors.joining("\n"));
    return new TorchProgramException(what + ": " + text, cause);
  }

  /** A line of LibTorch's own C++ stack: of no use to the author of a program. */
  private static boolean isFrame(String line) {
    return line.startsWith("frame #")
        || line.toLowerCase(Locale.ROOT).startsWith("exception raised from");
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }

  @Override
  public String toString() {
    return "TorchProgram " + name;
  }
}
