package io.salient.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one call on their way into LibTorch and back. Each is a native handle that nothing
 * collects: all are closed with this.
 */
final class TorchValues implements AutoCloseable {
  /** Methods that every program has, for what DJL has no word for. */
  static final String METHODS =
      """
      def salient_none(self) -> Optional[Tensor]:
        return None
      """;

  private final TorchProgram program;
  private final List<IValue> owned = new ArrayList<>();

  TorchValues(TorchProgram program) {
    this.program = program;
  }

  IValue own(IValue value) {
    owned.add(value);
    return value;
  }

  IValue[] inputs(Object[] arguments) {
    IValue[] inputs = new IValue[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      inputs[i] = own(input(arguments[i]));
    }
    return inputs;
  }

  private IValue input(Object argument) {
    return switch (argument) {
      case null -> program.run("salient_none");
      case NDArray array -> IValue.from(tensor(array));
      case NDArray[] arrays -> tensors(Arrays.asList(arrays));
      case List<?> arrays -> tensors(arrays);
      case Long number -> IValue.from(number.longValue());
      case Integer number -> IValue.from(number.longValue());
      case Double number -> IValue.from(number.doubleValue());
      case Float number -> IValue.from(number.doubleValue());
      case Boolean flag -> IValue.from(flag.booleanValue());
      case String text -> IValue.from(text);
      case long[] numbers -> IValue.listFrom(numbers);
      case int[] numbers -> IValue.listFrom(Arrays.stream(numbers).asLongStream().toArray());
      case double[] numbers -> IValue.listFrom(numbers);
      default ->
          throw new IllegalArgumentException(
              "an argument of type " + argument.getClass().getName() + " has no TorchScript type");
    };
  }

  private static IValue tensors(List<?> arrays) {
    return IValue.listFrom(arrays.stream().map(TorchValues::tensor).toArray(PtNDArray[]::new));
  }

  private static PtNDArray tensor(Object array) {
    if (array instanceof PtNDArray tensor) {
      return tensor;
    }
    throw new IllegalArgumentException(
        "not an array of LibTorch: " + (array == null ? null : array.getClass().getName()));
  }

  NDList outputs(PtNDManager manager, IValue output) {
    NDList results = new NDList();
    try {
      collect(manager, output, results);
      return results;
    } catch (RuntimeException e) {
      results.close();
      throw e;
    }
  }

  private void collect(PtNDManager manager, IValue value, NDList results) {
    if (value.isTensor()) {
      add(value.toTensor(manager), results);
    } else if (value.isTensorList()) {
      for (NDArray array : value.toTensorArray(manager)) {
        add(array, results);
      }
    } else if (value.isTuple()) {
      for (IValue item : value.toIValueTuple()) {
        collect(manager, own(item), results);
      }
    } else if (value.isLong()) {
      results.add(manager.create(value.toLong()));
    } else if (value.isDouble()) {
      results.add(manager.create(value.toDouble()));
    } else if (value.isBoolean()) {
      results.add(manager.create(value.toBoolean()));
    } else {
      throw new IllegalArgumentException(
          "it returns neither tensors nor numbers but " + value.getType());
    }
  }

  private static void add(NDArray array, NDList results) {
    results.add(array);
    if (array.getDataType() == DataType.UNKNOWN) {
      throw new IllegalArgumentException(
          "it returns a tensor of a type that DJL does not know (bfloat16 or int16): convert it"
              + " inside the program, as by torch.to(x, 6)");
    }
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
  }
}
