package io.salient.extractor.model.architecture;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a block, or those that belong to no block, in the order in which the program gets
 * them. Each has a name of ours, under which the program's text takes it, and the names that
 * Transformers gives it in the checkpoint, counted from the prefix of its block.
 *
 * <p>A linear layer or a norm is one name for two arguments, weight and bias: {@code self.linear(x,
 * $up)}. Where the model has no bias, the second is {@code None}.
 */
public final class Tensors {
  /** In place of an index: the program gets None. */
  static final int NONE = -1;

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, int[]> indices = new LinkedHashMap<>();

  /**
   * One array that the program gets.
   *
   * @param shape its shape
   * @param parts tensors of the checkpoint that lie in it, below each other
   * @param transposed whether the checkpoint has it with columns as rows
   * @param values what it holds when it comes from no checkpoint; null otherwise
   * @param linear whether it is the weight of a linear layer, which the program takes through
   *     {@code linear} or {@code linear_act} only and so in any {@link
   *     io.salient.extractor.model.Dtype}
   */
  public record Entry(
      Shape shape, List<Part> parts, boolean transposed, float[] values, boolean linear) {}

  /**
   * A tensor of a checkpoint.
   *
   * @param name its name there, without the prefix
   * @param shape its shape there
   */
  public record Part(String name, Shape shape) {}

  /**
   * A linear layer that is stacked with others, such as query, key and value.
   *
   * @param module its name in the checkpoint, without {@code .weight}
   * @param rows its outputs
   */
  public record Rows(String module, int rows) {}

  /** A tensor as it is. */
  public Tensors tensor(String name, Shape shape, String tensor) {
    return name(name, add(shape, new Part(tensor, shape)));
  }

  /** A tensor of two dimensions as it is. */
  public Tensors matrix(String name, int rows, int columns, String tensor) {
    return tensor(name, new Shape(rows, columns), tensor);
  }

  /** A tensor of one dimension as it is. */
  public Tensors vector(String name, int size, String tensor) {
    return tensor(name, new Shape(size), tensor);
  }

  /** A linear layer with bias: out x in, and out. */
  public Tensors linear(String name, int out, int in, String module) {
    return linear(name, in, true, new Rows(module, out));
  }

  /** Linear layers of the same input, their outputs one behind the other. */
  public Tensors linear(String name, int in, boolean bias, Rows... modules) {
    int out = Arrays.stream(modules).mapToInt(Rows::rows).sum();
    List<Part> weights = new ArrayList<>();
    List<Part> biases = new ArrayList<>();
    for (Rows part : modules) {
      weights.add(new Part(part.module() + ".weight", new Shape(part.rows(), in)));
      biases.add(new Part(part.module() + ".bias", new Shape(part.rows())));
    }
    entries.add(new Entry(new Shape(out, in), List.copyOf(weights), false, null, true));
    int weight = entries.size() - 1;
    return name(name, weight, bias ? add(new Shape(out), biases.toArray(Part[]::new)) : NONE);
  }

  /** A tensor of the checkpoint in another shape of the same size. */
  public Tensors reshaped(String name, Shape shape, String tensor, Shape stored) {
    return name(name, add(shape, new Part(tensor, stored)));
  }

  /** A convolution over the sentence: out x in (of its group) x width, and its bias. */
  public Tensors convolution(String name, Shape shape, String module) {
    Shape bias = new Shape(shape.get(0));
    int weight = add(shape, new Part(module + ".weight", shape));
    return name(name, weight, add(bias, new Part(module + ".bias", bias)));
  }

  /** A linear layer without bias that the checkpoint has in another shape of out x in. */
  public Tensors rows(String name, int out, int in, String tensor, Shape stored) {
    return name(name, add(new Shape(out, in), new Part(tensor, stored)), NONE);
  }

  /** A linear layer without bias that the checkpoint has as in x out, in whatever shape. */
  public Tensors columns(String name, int out, int in, String tensor, Shape stored) {
    entries.add(new Entry(new Shape(out, in), List.of(new Part(tensor, stored)), true, null, true));
    return name(name, entries.size() - 1, NONE);
  }

  /** A linear layer that the checkpoint has as in x out (Transformers' Conv1D), with bias. */
  public Tensors conv1d(String name, int out, int in, String module) {
    Part stored = new Part(module + ".weight", new Shape(in, out));
    entries.add(new Entry(new Shape(out, in), List.of(stored), true, null, true));
    int weight = entries.size() - 1;
    return name(name, weight, add(new Shape(out), new Part(module + ".bias", new Shape(out))));
  }

  /** Scale and shift of a LayerNorm. */
  public Tensors norm(String name, int size, String module) {
    return norm(name, size, true, module);
  }

  /** Scale of a LayerNorm, and its shift where it has one. */
  public Tensors norm(String name, int size, boolean bias, String module) {
    Shape shape = new Shape(size);
    int scale = add(shape, new Part(module + ".weight", shape));
    return name(name, scale, bias ? add(shape, new Part(module + ".bias", shape)) : NONE);
  }

  /** Values that follow from the configuration, such as the frequencies of rotary positions. */
  public Tensors computed(String name, Shape shape, float... values) {
    entries.add(new Entry(shape, List.of(), false, values, false));
    return name(name, entries.size() - 1);
  }

  private int add(Shape shape, Part... parts) {
    entries.add(new Entry(shape, List.of(parts), false, null, false));
    return entries.size() - 1;
  }

  private Tensors name(String name, int... at) {
    if (indices.put(name, at) != null) {
      throw new IllegalArgumentException("two weights are called " + name);
    }
    return this;
  }

  /** All arrays in order. */
  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** Where the arguments of a name stand among the entries; null when there is no such name. */
  int[] indices(String name) {
    return indices.get(name);
  }
}
