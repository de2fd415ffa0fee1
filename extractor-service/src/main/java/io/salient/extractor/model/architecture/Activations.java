package io.salient.extractor.model.architecture;

import io.salient.extractor.checkpoint.ModelConfig;
import java.util.List;

/**
 * Activation functions by their names in Transformers, as the methods {@code act(x)} and, for what
 * a linear layer puts out, {@code linear_act(x, w, b)}, which is one kernel where there is one.
 */
public final class Activations {
  private static final List<String> SUPPORTED =
      List.of(
          "gelu",
          "gelu_new",
          "gelu_pytorch_tanh",
          "gelu_fast",
          "quick_gelu",
          "relu",
          "silu",
          "swish",
          "tanh");

  private Activations() {}

  /**
   * The two methods for the activation that a field names.
   *
   * @param otherwise the family's default
   * @throws io.salient.extractor.checkpoint.CheckpointException when there is no such activation
   *     here
   */
  public static String methods(ModelConfig config, String field, String otherwise) {
    return named(config, field, config.text(field, otherwise));
  }

  /** The same where the field holds the name and more. */
  public static String named(ModelConfig config, String field, String name) {
    if (!SUPPORTED.contains(name)) {
      throw config.refused(field, "is " + name + "; supported are " + SUPPORTED);
    }
    return methods(name);
  }

  /** A method of that name for the activation that another field names. */
  public static String method(String method, ModelConfig config, String field, String otherwise) {
    String name = config.text(field, otherwise);
    if (!SUPPORTED.contains(name)) {
      throw config.refused(field, "is " + name + "; supported are " + SUPPORTED);
    }
    return "def %s(self, x: Tensor) -> Tensor:\n  return %s\n".formatted(method, expression(name));
  }

  /** The two methods for an activation. */
  public static String methods(String name) {
    return """
    def act(self, x: Tensor) -> Tensor:
      return %s
    def linear_act(self, x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
      return %s
    """
        .formatted(expression(name), afterLinear(name));
  }

  private static String afterLinear(String name) {
    return switch (name) {
      case "gelu" -> "self.linear_gelu(x, w, b)";
      case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> "self.linear_gelu_tanh(x, w, b)";
      case "relu" -> "self.linear_relu(x, w, b)";
      case "silu", "swish" -> "self.linear_silu(x, w, b)";
      default -> "self.act(self.linear(x, w, b))";
    };
  }

  private static String expression(String name) {
    return switch (name) {
      case "gelu" -> "torch.gelu(x)";
      case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> "torch.gelu(x, approximate=\"tanh\")";
      case "quick_gelu" -> "x * torch.sigmoid(x * 1.702)";
      case "relu" -> "torch.relu(x)";
      case "silu", "swish" -> "torch.silu(x)";
      case "tanh" -> "torch.tanh(x)";
      default -> throw new IllegalArgumentException(name);
    };
  }
}
