package io.salient.extractor.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code adapter_config.json} of PEFT says of a LoRA adapter (Hu et al., ICLR 2022): the
 * layer's weight becomes {@code W + scale B A}, with {@code scale = alpha / r}, or {@code alpha /
 * sqrt(r)} for rank-stabilised LoRA (Kalajdzievski, 2023). Every other kind of adapter is refused
 * by name.
 */
public final class AdapterConfig {
  /** Its own file. */
  public static final String FILE = "adapter_config.json";

  /** The file of its weights. */
  public static final String WEIGHTS_FILE = "adapter_model.safetensors";

  /** Fields whose presence means something that a plain LoRA does not do. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "use_dora",
          "use_qalora",
          "use_bdlora",
          "alora_invocation_tokens",
          "arrow_config",
          "kasa_config",
          "layer_replication",
          "lora_bias",
          "megatron_config",
          "monteclora_config",
          "target_parameters",
          "trainable_token_indices",
          "velora_config");

  /** Ways of starting the adapter that leave the base model's weights as they are. */
  private static final Set<String> INITIALISATIONS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  /** A key that no regular expression hides in: those of a stranger may run for ever. */
  private static final Pattern MODULE = Pattern.compile("\\^?[A-Za-z0-9_.-]{1,500}\\$?");

  private final Path file;
  private final JsonNode fields;
  private final List<Pattern> rankPatterns = new ArrayList<>();
  private final List<Pattern> alphaPatterns = new ArrayList<>();

  private AdapterConfig(Path file, JsonNode fields) {
    this.file = file;
    this.fields = fields;
  }

  /** True when a folder holds an adapter. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads it.
   *
   * @throws CheckpointException naming the field that is wrong or not supported
   */
  static AdapterConfig read(Path folder) {
    Path file = folder.resolve(FILE);
    AdapterConfig config;
    try {
      config = new AdapterConfig(file, CheckpointJson.read(file));
    } catch (IOException e) {
      throw new CheckpointException("adapter.unreadable", file + " " + e.getMessage(), e);
    }
    config.requirePlainLora();
    config.compile("rank_pattern", config.rankPatterns);
    config.compile("alpha_pattern", config.alphaPatterns);
    return config;
  }

  private void requirePlainLora() {
    String type = fields.path("peft_type").asText("");
    if (!type.equals("LORA")) {
      throw refused(
          "peft_type", "is " + (type.isEmpty() ? "missing" : type) + "; only LORA is read");
    }
    for (String field : UNSUPPORTED) {
      if (isSet(fields.path(field))) {
        throw refused(
            field,
            "is set, which is not supported: merge the adapter with PEFT's merge_and_unload() and"
                + " save the whole model");
      }
    }
    String start = fields.path("init_lora_weights").asText("true").toLowerCase(Locale.ROOT);
    if (!INITIALISATIONS.contains(start)) {
      throw refused(
          "init_lora_weights",
          "is "
              + start
              + ", which changes the base model's weights: convert the adapter to plain LoRA"
              + " (path_initial_model_for_weight_conversion of PEFT's save_pretrained)");
    }
    number(fields.path("r"), "r");
    number(fields.path("lora_alpha"), "lora_alpha");
  }

  private static boolean isSet(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    return value.isContainerNode() ? !value.isEmpty() : !value.isBoolean() || value.booleanValue();
  }

  private double number(JsonNode value, String field) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number > 0 && number <= 1e9)) {
      throw refused(field, "is not a positive number");
    }
    return number;
  }

  private void compile(String field, List<Pattern> patterns) {
    for (Map.Entry<String, JsonNode> entry : fields.path(field).properties()) {
      number(entry.getValue(), field);
      String key = entry.getKey();
      if (!MODULE.matcher(key).matches()) {
        throw refused(field, "has the key " + key + "; only paths of modules are supported");
      }
      // As PEFT matches: a path, or the end of one after a dot; a leading ^ means all of it.
      patterns.add(Pattern.compile("(.*\\.)?(" + key + ")"));
    }
  }

  /**
   * The scale of one layer.
   *
   * @param module path of the layer in the adapted model, such as {@code
   *     bert.encoder.layer.0.attention.self.query}
   * @param rank rows of its {@code lora_A}
   * @throws CheckpointException when the rank is not the configured one
   */
  double scale(String module, long rank) {
    double r = pattern("rank_pattern", rankPatterns, module, fields.path("r").doubleValue());
    if (r != rank) {
      throw refused(
          "r",
          "says rank " + (long) r + " for " + module + ", but its lora_A has " + rank + " rows");
    }
    double alpha =
        pattern("alpha_pattern", alphaPatterns, module, fields.path("lora_alpha").doubleValue());
    return alpha / (fields.path("use_rslora").asBoolean(false) ? Math.sqrt(r) : r);
  }

  private double pattern(String field, List<Pattern> patterns, String module, double otherwise) {
    int i = 0;
    for (Map.Entry<String, JsonNode> entry : fields.path(field).properties()) {
      if (patterns.get(i++).matcher(module).matches()) {
        return entry.getValue().doubleValue();
      }
    }
    return otherwise;
  }

  /** True when the adapted layers keep their weight as inputs x outputs, as GPT-2's Conv1D do. */
  boolean fanInFanOut() {
    return fields.path("fan_in_fan_out").asBoolean(false);
  }

  /** What the adapter was trained on: a path, or a name on the Hub; empty when it is not said. */
  String baseModel() {
    return fields.path("base_model_name_or_path").asText("");
  }

  /** SHA-256 of the fields, however the file is laid out. */
  String id() {
    return Sha256.of(fields.toString());
  }

  /** What to throw because of a field. */
  CheckpointException refused(String field, String why) {
    return new CheckpointException(
        "adapter." + field.toLowerCase(Locale.ROOT).replace('_', '-'),
        file + ": " + field + " " + why);
  }
}
