package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A WordPiece tokenizer as BERT has, whose subwords are single letters and digits. */
final class LetterTokenizer {
  static final int CLS = 1;
  static final int SEP = 2;
  static final int UNKNOWN = 0;

  private LetterTokenizer() {}

  /** Ids there are. */
  static int size() {
    return vocabulary().size();
  }

  static long id(String subword) {
    return vocabulary().indexOf(subword);
  }

  private static List<String> vocabulary() {
    List<String> subwords = new ArrayList<>(List.of("[UNK]", "[CLS]", "[SEP]"));
    "abcdefghijklmnopqrstuvwxyz0123456789.-éא😀"
        .codePoints()
        .mapToObj(Character::toString)
        .forEach(
            letter -> {
              subwords.add(letter);
              subwords.add("##" + letter);
            });
    return subwords;
  }

  /** Writes its tokenizer.json. */
  static Path write(Path file) {
    try {
      return Files.writeString(file, json(vocabulary()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same kind of tokenizer with other subwords after the three special ones. */
  static String json(List<String> vocabulary) {
    ObjectNode ids = TokenizerJson.object();
    vocabulary.forEach(subword -> ids.put(subword, ids.size()));
    String special =
        "{\"id\":%d,\"content\":\"%s\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
            + "\"normalized\":false,\"special\":true}";
    return """
    {"version":"1.0","truncation":{"direction":"Right","max_length":4,"strategy":"LongestFirst",
    "stride":0},"padding":{"strategy":{"Fixed":9},"direction":"Right","pad_to_multiple_of":null,
    "pad_id":0,"pad_type_id":0,"pad_token":"[UNK]"},"added_tokens":[%s,%s,%s],
    "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
    "strip_accents":false,"lowercase":false},"pre_tokenizer":{"type":"BertPreTokenizer"},
    "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]",
    "type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]",
    "type_id":0}}],"pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B",
    "type_id":1}}],"special_tokens":{"[CLS]":{"id":"[CLS]","ids":[1],"tokens":["[CLS]"]},
    "[SEP]":{"id":"[SEP]","ids":[2],"tokens":["[SEP]"]}}},"decoder":null,
    "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
    "max_input_chars_per_word":100,"vocab":%s}}
    """
        .formatted(
            special.formatted(UNKNOWN, "[UNK]"),
            special.formatted(CLS, "[CLS]"),
            special.formatted(SEP, "[SEP]"),
            ids);
  }
}
