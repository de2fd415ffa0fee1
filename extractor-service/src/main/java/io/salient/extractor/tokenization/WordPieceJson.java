package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.salient.extractor.checkpoint.TokenizerFiles;

/**
 * A {@code tokenizer.json} out of a {@code vocab.txt}, one subword a line, the line its id: what
 * Transformers makes of the same files for a BERT. Without tokenizer_config.json its text is put
 * into lower case, as there.
 */
final class WordPieceJson {
  private static final int LONGEST_WORD = 100;

  private WordPieceJson() {}

  static ObjectNode of(TokenizerFiles files) {
    SlowTokenizerConfig config = SlowTokenizerConfig.of(files);
    if (!config.isTrue("do_basic_tokenize", true)) {
      throw config.refused("do_basic_tokenize", "is false");
    }
    ObjectNode vocabulary = TokenizerJson.object();
    int id = 0;
    for (String subword : TokenizerJson.lines(files.file(), files.content())) {
      vocabulary.put(subword, id++); // of a subword that comes twice, the last counts
    }
    String unknown = config.special("unk_token", "[UNK]");
    String first = config.special("cls_token", "[CLS]");
    String last = config.special("sep_token", "[SEP]");
    ObjectNode json = TokenizerJson.object();
    json.set(
        "added_tokens",
        config.addedTokens(
            vocabulary,
            unknown,
            first,
            last,
            config.special("pad_token", "[PAD]"),
            config.special("mask_token", "[MASK]")));
    json.set("normalizer", normalizer(config));
    json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    json.set("post_processor", config.template(vocabulary, first, last));
    json.putObject("model")
        .put("type", "WordPiece")
        .put("unk_token", unknown)
        .put("continuing_subword_prefix", "##")
        .put("max_input_chars_per_word", LONGEST_WORD)
        .set("vocab", vocabulary);
    return json;
  }

  private static ObjectNode normalizer(SlowTokenizerConfig config) {
    ObjectNode normalizer =
        TokenizerJson.object()
            .put("type", "BertNormalizer")
            .put("clean_text", true)
            .put("handle_chinese_chars", config.isTrue("tokenize_chinese_chars", true))
            .put("lowercase", config.isTrue("do_lower_case", true));
    if (config.has("strip_accents")) {
      normalizer.put("strip_accents", config.isTrue("strip_accents", false));
    } else {
      normalizer.putNull("strip_accents"); // as lowercase
    }
    return normalizer;
  }
}
