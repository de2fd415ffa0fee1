package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.TokenizerFiles;

/**
 * A {@code tokenizer.json} out of {@code vocab.json} and {@code merges.txt}: the byte-level BPE of
 * GPT-2 (Radford et al. 2019) and its like, and RoBERTa's, which puts {@code <s>} and {@code </s>}
 * around a sentence.
 */
final class ByteLevelJson {
  private static final String VERSION_LINE = "#version";

  private ByteLevelJson() {}

  static ObjectNode of(TokenizerFiles files) {
    SlowTokenizerConfig config = SlowTokenizerConfig.of(files);
    ObjectNode vocabulary = TokenizerJson.parse(files.file(), files.content());
    requireEveryByte(files, vocabulary);
    ObjectNode json = TokenizerJson.object();
    if (files.modelType().equals("roberta")) {
      roberta(config, vocabulary, json);
    } else {
      gpt2(config, vocabulary, json);
    }
    json.putNull("normalizer");
    json.putObject("pre_tokenizer")
        .put("type", "ByteLevel")
        .put("add_prefix_space", true)
        .put("trim_offsets", true)
        .put("use_regex", true);
    ObjectNode model = json.putObject("model").put("type", "BPE").put("fuse_unk", false);
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
    model.set("vocab", vocabulary);
    ArrayNode merges = model.putArray("merges");
    for (String line : TokenizerJson.lines(files.file(), files.merges())) {
      if (!line.isBlank() && !line.startsWith(VERSION_LINE)) {
        merges.add(line);
      }
    }
    return json;
  }

  private static void roberta(SlowTokenizerConfig config, ObjectNode vocabulary, ObjectNode json) {
    String first = config.special("cls_token", "<s>");
    String last = config.special("sep_token", "</s>");
    json.set(
        "added_tokens",
        config.addedTokens(
            vocabulary,
            first,
            last,
            config.special("unk_token", "<unk>"),
            config.special("pad_token", "<pad>"),
            config.special("mask_token", "<mask>")));
    json.set("post_processor", config.template(vocabulary, first, last));
  }

  private static void gpt2(SlowTokenizerConfig config, ObjectNode vocabulary, ObjectNode json) {
    String begin = config.special("bos_token", "<|endoftext|>");
    json.set(
        "added_tokens",
        config.addedTokens(
            vocabulary,
            begin,
            config.special("eos_token", "<|endoftext|>"),
            config.special("unk_token", "<|endoftext|>"),
            config.special("pad_token", "<|endoftext|>")));
    boolean opens = config.isTrue("add_bos_token", config.modelType().equals("opt"));
    json.set("post_processor", opens ? config.template(vocabulary, begin, null) : json.nullNode());
  }

  /** XLM's, CTRL's and GPT's files have the same names, but their subwords are not bytes. */
  private static void requireEveryByte(TokenizerFiles files, ObjectNode vocabulary) {
    for (int b = 0; b < 256; b++) {
      if (!vocabulary.has(Character.toString(letterOf(b)))) {
        throw new CheckpointException(
            "tokenizer.invalid",
            files.file()
                + " is no byte-level vocabulary: byte "
                + b
                + " has no subword of its own; save tokenizer.json with the model");
      }
    }
  }

  /**
   * The letter that GPT-2 writes for a byte: itself where it can be seen, else the next of the
   * letters from 256 on.
   */
  private static int letterOf(int b) {
    if (isSeen(b)) {
      return b;
    }
    int before = 0;
    for (int other = 0; other < b; other++) {
      before += isSeen(other) ? 0 : 1;
    }
    return 256 + before;
  }

  private static boolean isSeen(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
  }
}
