package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.TokenizerFiles;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tokenizer_config.json, special_tokens_map.json and added_tokens.json say of a tokenizer that
 * is there as a vocabulary only. A special token stands there as a text or as an object with its
 * {@code content}.
 */
final class SlowTokenizerConfig {
  private final TokenizerFiles files;
  private final JsonNode config;
  private final JsonNode specials;
  private final Map<String, Long> added = new LinkedHashMap<>();

  private SlowTokenizerConfig(TokenizerFiles files, JsonNode config, JsonNode specials) {
    this.files = files;
    this.config = config;
    this.specials = specials;
  }

  static SlowTokenizerConfig of(TokenizerFiles files) {
    SlowTokenizerConfig read =
        new SlowTokenizerConfig(
            files,
            files.beside("tokenizer_config.json").orElseGet(TokenizerJson::object),
            files.beside("special_tokens_map.json").orElseGet(TokenizerJson::object));
    Map<Long, String> byId = new TreeMap<>();
    read.config
        .path("added_tokens_decoder")
        .properties()
        .forEach(entry -> byId.put(read.id(entry.getKey()), content(entry.getValue()).orElse("")));
    Optional<JsonNode> older = files.beside("added_tokens.json");
    older.ifPresent(
        ids -> ids.properties().forEach(e -> byId.put(e.getValue().asLong(-1), e.getKey())));
    byId.forEach((id, token) -> read.added.put(token, id));
    return read;
  }

  private long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw refused("added_tokens_decoder", "has the id \"" + text + "\", which is no number");
    }
  }

  String modelType() {
    return files.modelType();
  }

  boolean has(String field) {
    return config.hasNonNull(field);
  }

  boolean isTrue(String field, boolean otherwise) {
    return config.path(field).asBoolean(otherwise);
  }

  /** A special token; {@code otherwise} where no file names it. */
  String special(String field, String otherwise) {
    return content(config.path(field)).or(() -> content(specials.path(field))).orElse(otherwise);
  }

  private static Optional<String> content(JsonNode token) {
    JsonNode text = token.isObject() ? token.path("content") : token;
    return text.isTextual() ? Optional.of(text.textValue()) : Optional.empty();
  }

  /** All tokens that are never split, in the order of their ids; those without an id are not. */
  ArrayNode addedTokens(ObjectNode vocabulary, String... special) {
    Set<String> tokens = new LinkedHashSet<>();
    Map<Long, String> byId = new TreeMap<>();
    for (String token : special) {
      tokens.add(token);
      idOf(vocabulary, token).ifPresent(id -> byId.put(id, token));
    }
    added.forEach((token, id) -> byId.put(id, token));
    ArrayNode list = TokenizerJson.array();
    byId.forEach(
        (id, token) ->
            list.addObject()
                .put("id", id)
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", token.equals("<mask>")) // RoBERTa's takes the blank before it
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", tokens.contains(token)));
    return list;
  }

  private Optional<Long> idOf(ObjectNode vocabulary, String token) {
    return Optional.ofNullable(added.get(token))
        .or(() -> Optional.ofNullable(vocabulary.get(token)).map(JsonNode::asLong));
  }

  /**
   * What is put around a sentence.
   *
   * @param last null for nothing
   */
  ObjectNode template(ObjectNode vocabulary, String first, String last) {
    ObjectNode template = TokenizerJson.object().put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    ObjectNode tokens = template.putObject("special_tokens");
    special(vocabulary, single, tokens, first);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    if (last != null) {
      special(vocabulary, single, tokens, last);
    }
    // Pairs never come; the format wants both sentences in their template.
    ArrayNode pair = template.putArray("pair");
    pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    return template;
  }

  private void special(ObjectNode vocabulary, ArrayNode single, ObjectNode tokens, String token) {
    long id =
        idOf(vocabulary, token)
            .orElseThrow(
                () ->
                    new CheckpointException(
                        "tokenizer.invalid",
                        files.file()
                            + " has no subword "
                            + token
                            + ", which stands around every sentence: name it in"
                            + " tokenizer_config.json, or save tokenizer.json with the model"));
    single.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
    ObjectNode entry = tokens.putObject(token).put("id", token);
    entry.putArray("ids").add(id);
    entry.putArray("tokens").add(token);
  }

  CheckpointException refused(String field, String why) {
    return new CheckpointException(
        "tokenizer.config",
        files.folder().resolve("tokenizer_config.json")
            + ": "
            + field
            + " "
            + why
            + "; save tokenizer.json with the model");
  }
}
