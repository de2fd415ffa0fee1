package io.salient.extractor.model.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model without its weights: sizes, which weights it wants, and the program that computes it.
 *
 * <p>A family gives the program as TorchScript text of these methods; B sentences, S subwords, H
 * units:
 *
 * <pre>
 * embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor
 *     ids B x S -> layer 0, B x S x H
 * context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]
 *     what all blocks share in a batch, such as rotary tables; may be left out
 * a method per kind of {@link Block}(self, x, mask, c: List[Tensor], w, o: int) -> Tensor
 *     output of the block, from its input and the context c
 * last(self, x: Tensor, w: List[Tensor]) -> Tensor
 *     final norm, row by row: what the last layer is instead of its block's output; may be left out
 * </pre>
 *
 * The mask is 0 at subwords and minus infinity at padding, B x 1 x 1 x S, or None where no sentence
 * is padded; padding stands behind the sentence, so that a causal model needs no mask. {@code
 * $name} in the text becomes a weight of {@link Tensors} or a number of the configuration. Besides
 * there are the methods of {@link Methods}, and {@code linear} and {@code linear_gelu} of {@link
 * io.salient.torch.TorchProgram}.
 */
public final class Architecture {
  private final Builder given;
  private final Map<Layer, Integer> offsets = new LinkedHashMap<>();

  /**
   * A block at its place.
   *
   * @param block its kind
   * @param prefix of its weights in the checkpoint, behind the model's own prefix; two layers of
   *     the same block and prefix share their weights
   */
  public record Layer(Block block, String prefix) {}

  private Architecture(Builder given) {
    this.given = given;
    int next = given.fixed.entries().size();
    for (Layer layer : given.layers) {
      if (!offsets.containsKey(layer)) {
        offsets.put(layer, next);
        next += layer.block().tensors().entries().size();
      }
    }
  }

  /** Starts one. */
  public static Builder builder(String modelType) {
    return new Builder(modelType);
  }

  /** {@code model_type} of config.json. */
  public String modelType() {
    return given.modelType;
  }

  /** Units per layer. */
  public int hiddenSize() {
    return given.hiddenSize;
  }

  /** Rows of the word embedding. */
  public int vocabulary() {
    return given.vocabulary;
  }

  /** Longest sentence in subwords. */
  public int maxPositions() {
    return given.maxPositions;
  }

  /**
   * Names that the word embedding may have in the checkpoint, from which the prefix of all names is
   * found.
   */
  public List<String> anchors() {
    return given.anchors;
  }

  /** Weights that belong to no block; the first of the program's list. */
  public Tensors fixed() {
    return given.fixed;
  }

  /** All blocks in their order; the layers are one more. */
  public List<Layer> layers() {
    return List.copyOf(given.layers);
  }

  /** Where a layer's weights start in the program's list. */
  int offset(Layer layer) {
    return offsets.get(layer);
  }

  Map<String, String> numbers() {
    return given.numbers;
  }

  String text() {
    return given.text;
  }

  /** Collects what makes an architecture. */
  public static final class Builder {
    private final String modelType;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();
    private List<String> anchors = List.of();
    private Tensors fixed = new Tensors();
    private String text = "";
    private int hiddenSize;
    private int vocabulary;
    private int maxPositions;

    private Builder(String modelType) {
      this.modelType = modelType;
    }

    /** Sizes, see {@link Architecture}. */
    public Builder sizes(int hiddenSize, int vocabulary, int maxPositions) {
      this.hiddenSize = hiddenSize;
      this.vocabulary = vocabulary;
      this.maxPositions = maxPositions;
      return this;
    }

    /** See {@link Architecture#anchors}. */
    public Builder anchors(String... names) {
      anchors = List.of(names);
      return this;
    }

    /** A whole number of the configuration that the text takes as {@code $name}. */
    public Builder number(String name, int value) {
      numbers.put(name, Integer.toString(value));
      return this;
    }

    /** A number of the configuration that the text takes as {@code $name}. */
    public Builder number(String name, double value) {
      numbers.put(name, Double.toString(value)); // with a point, which makes it a float there
      return this;
    }

    /** Weights that belong to no block. */
    public Builder fixed(Tensors tensors) {
      fixed = tensors;
      return this;
    }

    /** The next block. */
    public Builder layer(Block block, String prefix) {
      layers.add(new Layer(block, prefix));
      return this;
    }

    /** Blocks of one kind; {@code %d} in the prefix is the number of the block, from 0 on. */
    public Builder layers(int count, Block block, String prefix) {
      for (int i = 0; i < count; i++) {
        layer(block, prefix.formatted(i));
      }
      return this;
    }

    /** Methods besides those of the blocks. */
    public Builder text(String... methods) {
      text += String.join("\n", methods) + "\n";
      return this;
    }

    /** The architecture. */
    public Architecture build() {
      return new Architecture(this);
    }
  }
}
