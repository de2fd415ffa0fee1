package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small tokenizers of every kind that checkpoints bring, as their tokenizer.json has them. */
final class SomeTokenizers {
  /** What Llama 3 and Qwen2 split by, shortened. */
  private static final String SPLIT =
      "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  private static final String MARK = "\u2581";

  private SomeTokenizers() {}

  static WordTokenizer load(String json) {
    return WordTokenizer.of(
        Path.of("tokenizer.json"), json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** GPT-2: every byte is a subword, and some pairs are. */
  static String byteLevel() {
    return bytes(
        "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":true}");
  }

  /** Llama 3, Qwen2: words are split by an expression before bytes are looked at. */
  static String splitByteLevel() {
    return bytes(
        """
        {"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"%s"},
        "behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,
        "trim_offsets":true,"use_regex":false}]}\
        """
            .formatted(SPLIT.replace("\\", "\\\\")));
  }

  private static String bytes(String preTokenizer) {
    ObjectNode vocabulary = TokenizerJson.object();
    bytesByLetter().forEach((letter, b) -> vocabulary.put(letter, b));
    ArrayNode merges = TokenizerJson.array();
    for (String merge : List.of("\u0120 t", "h e", "\u0120t he", "i n", "\u00d8 \u00a7")) {
      vocabulary.put(merge.replace(" ", ""), vocabulary.size());
      merges.add(merge);
    }
    return """
    {"normalizer":null,"pre_tokenizer":%s,"post_processor":null,"added_tokens":[],
    "model":{"type":"BPE","continuing_subword_prefix":"","end_of_word_suffix":"",
    "vocab":%s,"merges":%s}}\
    """
        .formatted(preTokenizer, vocabulary, merges);
  }

  /** The letter that GPT-2 writes for each byte, as its authors define it. */
  static Map<String, Integer> bytesByLetter() {
    Map<String, Integer> letters = new LinkedHashMap<>();
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean seen = (b > 32 && b < 127) || (b > 160 && b != 173);
      letters.put(Character.toString(seen ? b : next++), b);
    }
    return letters;
  }

  /** T5, XLM-RoBERTa: pieces with scores, the mark of a blank in front of each word. */
  static String unigram() {
    return """
    {"normalizer":{"type":"NFKC"},"pre_tokenizer":{"type":"Metaspace","replacement":"%1$s",
    "prepend_scheme":"always","split":true},"post_processor":{"type":"TemplateProcessing",
    "single":[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
    "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":0}}],
    "special_tokens":{"</s>":{"id":"</s>","ids":[0],"tokens":["</s>"]}}},
    "added_tokens":[{"id":0,"content":"</s>","single_word":false,"lstrip":false,"rstrip":false,
    "normalized":false,"special":true}],
    "model":{"type":"Unigram","unk_id":1,"byte_fallback":false,"vocab":[["</s>",0],["<unk>",0],
    ["%1$s",-3],["%1$sthe",-2],["e",-4],["n",-4],["en",-5],["t",-4],["h",-4],["s",-4],["a",-4]]}}\
    """
        .formatted(MARK);
  }

  /** The same without an unknown subword: what is no piece falls to its bytes. */
  static String unigramBytes() {
    ArrayNode vocabulary = TokenizerJson.array();
    fallback().forEach(piece -> vocabulary.addArray().add(piece).add(piece.length() > 1 ? -9 : -4));
    return """
    {"normalizer":null,"pre_tokenizer":%s,"post_processor":null,"added_tokens":[],
    "model":{"type":"Unigram","unk_id":0,"byte_fallback":true,"vocab":%s}}\
    """
        .formatted(metaspace("always"), vocabulary);
  }

  private static String metaspace(String scheme) {
    return """
    {"type":"Metaspace","replacement":"%s","prepend_scheme":"%s","split":%b}\
    """
        .formatted(MARK, scheme, scheme.equals("always"));
  }

  private static String blanksMarked() {
    return "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"" + MARK + "\"}";
  }

  /** Gemma: blanks become marks, nothing is put in front; what is unknown falls to bytes. */
  static String replaced() {
    return fallingToBytes(
        blanksMarked(),
        """
        {"type":"Split","pattern":{"String":" "},"behavior":"MergedWithPrevious","invert":false}\
        """);
  }

  /** Llama 2, older files: the normaliser puts a mark in front. */
  static String prepended() {
    return fallingToBytes(
        "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\",\"prepend\":\""
            + MARK
            + "\"},"
            + blanksMarked()
            + "]}",
        "null");
  }

  /** Llama 2, Mistral, newer files: the mark goes in front of what is first. */
  static String first() {
    return fallingToBytes("null", metaspace("first"));
  }

  private static String fallingToBytes(String normalizer, String preTokenizer) {
    ObjectNode vocabulary = TokenizerJson.object();
    fallback().forEach(piece -> vocabulary.put(piece, vocabulary.size()));
    ArrayNode merges = TokenizerJson.array();
    for (String merge : List.of(MARK + " t", "h e", "e n")) {
      vocabulary.put(merge.replace(" ", ""), vocabulary.size());
      merges.add(merge);
    }
    return """
    {"normalizer":%s,"pre_tokenizer":%s,"post_processor":null,"added_tokens":[],
    "model":{"type":"BPE","unk_token":"<unk>","fuse_unk":true,"byte_fallback":true,
    "vocab":%s,"merges":%s}}\
    """
        .formatted(normalizer, preTokenizer, vocabulary, merges);
  }

  /** Subwords of every tokenizer that falls to bytes: byte b has the id b + 1, letters follow. */
  static List<String> fallback() {
    List<String> pieces = new ArrayList<>(List.of("<unk>"));
    for (int b = 0; b < 256; b++) {
      pieces.add("<0x%02X>".formatted(b));
    }
    pieces.addAll(List.of(MARK, "t", "h", "e", "n", "s"));
    return pieces;
  }
}
