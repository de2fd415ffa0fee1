package io.salient.standalone.demo;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes checkpoint folders as the Trainer lays them out: first under a temporary name, then
 * renamed.
 */
final class CheckpointWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path runFolder;
  private final DemoVocabulary vocabulary;

  CheckpointWriter(Path runFolder, DemoVocabulary vocabulary) {
    this.runFolder = runFolder;
    this.vocabulary = vocabulary;
  }

  /**
   * Writes {@code checkpoint-<step>}.
   *
   * @param history one entry per loss that was logged so far
   */
  Path write(long step, DemoModel model, List<Map<String, Object>> history) throws IOException {
    Path temporary = Files.createDirectories(runFolder.resolve("tmp-checkpoint-" + step));
    Map<String, NDArray> saved = new LinkedHashMap<>(model.parameters());
    saved.remove(DemoModel.MASKED_WORDS);
    SafetensorsWriter.write(temporary.resolve("model.safetensors"), saved);
    json(temporary.resolve("config.json"), config());
    json(temporary.resolve("tokenizer.json"), tokenizer());
    json(
        temporary.resolve("tokenizer_config.json"),
        Map.of(
            "tokenizer_class",
            "BertTokenizer",
            "do_lower_case",
            false,
            "model_max_length",
            DemoModel.POSITIONS));
    json(
        temporary.resolve("trainer_state.json"),
        Map.of("global_step", step, "log_history", history));
    return Files.move(
        temporary, runFolder.resolve("checkpoint-" + step), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void json(Path file, Object value) throws IOException {
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("BertForSequenceClassification"));
    config.put("model_type", "bert");
    config.put("vocab_size", vocabulary.size());
    config.put("hidden_size", DemoModel.HIDDEN);
    config.put("num_hidden_layers", DemoModel.LAYERS);
    config.put("num_attention_heads", DemoModel.HEADS);
    config.put("intermediate_size", DemoModel.INNER);
    config.put("hidden_act", "gelu");
    config.put("layer_norm_eps", 1e-12);
    config.put("max_position_embeddings", DemoModel.POSITIONS);
    config.put("type_vocab_size", 2);
    config.put("position_embedding_type", "absolute");
    config.put("pad_token_id", DemoVocabulary.PAD);
    config.put("torch_dtype", "float32");
    return config;
  }

  private Map<String, Object> tokenizer() {
    Map<String, Object> tokenizer = new LinkedHashMap<>();
    tokenizer.put("version", "1.0");
    tokenizer.put("truncation", null);
    tokenizer.put("padding", null);
    tokenizer.put(
        "added_tokens",
        vocabulary.ids().entrySet().stream().limit(5).map(CheckpointWriter::special).toList());
    tokenizer.put("normalizer", null);
    tokenizer.put("pre_tokenizer", Map.of("type", "BertPreTokenizer"));
    tokenizer.put(
        "post_processor",
        Map.of(
            "type",
            "BertProcessing",
            "sep",
            List.of("[SEP]", DemoVocabulary.SEP),
            "cls",
            List.of("[CLS]", DemoVocabulary.CLS)));
    tokenizer.put("decoder", Map.of("type", "WordPiece", "prefix", "##", "cleanup", true));
    tokenizer.put(
        "model",
        Map.of(
            "type", "WordPiece",
            "unk_token", "[UNK]",
            "continuing_subword_prefix", "##",
            "max_input_chars_per_word", 100,
            "vocab", vocabulary.ids()));
    return tokenizer;
  }

  private static Map<String, Object> special(Map.Entry<String, Integer> token) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", token.getValue());
    entry.put("content", token.getKey());
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      entry.put(flag, false);
    }
    entry.put("special", true);
    return entry;
  }
}
