package io.salient.extractor.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.salient.torch.ForeignContent;
import io.salient.torch.HubCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that say how a checkpoint's words become subwords, of which one of these sets is
 * needed; the first that is there counts:
 *
 * <pre>
 * tokenizer.json            any tokenizer, complete
 * vocab.txt                 WordPiece, of a BERT, DistilBERT or ELECTRA
 * vocab.json, merges.txt    byte-level BPE, of a GPT-2, GPT-Neo, GPT-J, OPT or RoBERTa
 * </pre>
 *
 * The last two go with tokenizer_config.json, special_tokens_map.json and added_tokens.json, each
 * where it is there. Like all of a checkpoint they must be files of the folder itself.
 *
 * @param folder the checkpoint
 * @param modelType {@code model_type} of its config.json
 * @param kind which set
 */
public record TokenizerFiles(Path folder, String modelType, Kind kind) {
  /** The sets of files. */
  public enum Kind {
    JSON("tokenizer.json"),
    WORD_PIECE("vocab.txt"),
    BYTE_LEVEL_BPE("vocab.json");

    private final String file;

    Kind(String file) {
      this.file = file;
    }
  }

  private static final String MERGES = "merges.txt";
  private static final String CONFIG = "tokenizer_config.json";

  /** Families whose vocabulary alone says how they tokenise. */
  private static final Set<String> WORD_PIECE = Set.of("bert", "distilbert", "electra");

  private static final Set<String> BYTE_LEVEL = Set.of("gpt2", "gpt_neo", "gptj", "opt", "roberta");

  private static final List<String> SENTENCE_PIECE =
      List.of("tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "spm.model");

  /** Far more than the largest: Gemma's 256,000 subwords take 35 MB. */
  private static final long MAX_BYTES = 512L << 20;

  /**
   * Finds them.
   *
   * @throws CheckpointException when none is there, or what is there does not say enough
   */
  static TokenizerFiles find(Path folder, ModelConfig config) {
    String type = config.modelType();
    requireNoLinks(folder);
    requireNoCode(folder);
    if (isFile(folder, Kind.JSON.file)) {
      return new TokenizerFiles(folder, type, Kind.JSON);
    }
    if (WORD_PIECE.contains(type) && isFile(folder, Kind.WORD_PIECE.file)) {
      return new TokenizerFiles(folder, type, Kind.WORD_PIECE);
    }
    if (BYTE_LEVEL.contains(type)
        && isFile(folder, Kind.BYTE_LEVEL_BPE.file)
        && isFile(folder, MERGES)) {
      return new TokenizerFiles(folder, type, Kind.BYTE_LEVEL_BPE);
    }
    throw missing(folder, type);
  }

  /**
   * True when a folder has such files, or links in their places. Without a tokenizer.json that is a
   * guess, as the configuration decides whether a vocabulary is enough.
   */
  public static boolean areIn(Path folder) {
    return isThere(folder, Kind.JSON.file)
        || isThere(folder, Kind.WORD_PIECE.file)
        || (isThere(folder, Kind.BYTE_LEVEL_BPE.file) && isThere(folder, MERGES));
  }

  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** A link beside a file that would do in its stead is refused too: nobody meant that file. */
  private static void requireNoLinks(Path folder) {
    for (Kind kind : Kind.values()) {
      requireNoLink(folder.resolve(kind.file));
    }
    requireNoLink(folder.resolve(MERGES));
  }

  private static void requireNoLink(Path file) {
    if (Files.isSymbolicLink(HubCache.file(file))) {
      throw new CheckpointException(
          "tokenizer.unreadable",
          file + " is a symbolic link, which is not followed: put the file itself into the folder");
    }
  }

  private static void requireNoCode(Path folder) {
    if (beside(folder, CONFIG).filter(config -> config.hasNonNull("auto_map")).isPresent()) {
      throw new CheckpointException(
          "tokenizer.auto-map",
          folder.resolve(CONFIG)
              + ": auto_map asks for remote code, which is never run: save a tokenizer of the"
              + " Transformers library with the model");
    }
  }

  private static CheckpointException missing(Path folder, String type) {
    List<String> others =
        Stream.concat(
                SENTENCE_PIECE.stream(),
                Stream.of(Kind.WORD_PIECE.file, Kind.BYTE_LEVEL_BPE.file, MERGES))
            .filter(name -> isFile(folder, name))
            .toList();
    return new CheckpointException(
        "tokenizer.missing",
        folder.resolve(Kind.JSON.file)
            + " is missing or not a file of its own"
            + (others.isEmpty()
                ? ""
                : "; "
                    + String.join(" and ", others)
                    + " alone is not enough for a model of type "
                    + type)
            + ": save the (fast) tokenizer with the model, as by"
            + " AutoTokenizer.from_pretrained(...).save_pretrained(...)"
            + (others.isEmpty() ? copy(folder, type) : ""));
  }

  /** Where the files may be, or which would do. */
  private static String copy(Path folder, String type) {
    String vocabulary =
        WORD_PIECE.contains(type)
            ? " (or " + Kind.WORD_PIECE.file + ")"
            : BYTE_LEVEL.contains(type)
                ? " (or " + Kind.BYTE_LEVEL_BPE.file + " and " + MERGES + ")"
                : "";
    Path run = folder.toAbsolutePath().getParent();
    return run != null && isFile(run, Kind.JSON.file)
        ? ", or copy it from " + run.resolve(Kind.JSON.file)
        : ", or copy it" + vocabulary + " from the model that the training began with";
  }

  private static boolean isFile(Path folder, String name) {
    return Files.isRegularFile(HubCache.file(folder.resolve(name)), LinkOption.NOFOLLOW_LINKS);
  }

  /** The file that messages name. */
  public Path file() {
    return folder.resolve(kind.file);
  }

  /**
   * The content of {@link #file}.
   *
   * @throws CheckpointException when it cannot be read
   */
  public byte[] content() {
    return read(file());
  }

  /**
   * The merges of a byte-level BPE.
   *
   * @throws CheckpointException when they cannot be read
   */
  public byte[] merges() {
    return read(folder.resolve(MERGES));
  }

  /**
   * One of the JSON files beside the vocabulary; empty when it is not there.
   *
   * @throws CheckpointException when it is no JSON object
   */
  public Optional<JsonNode> beside(String name) {
    return beside(folder, name);
  }

  private static Optional<JsonNode> beside(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(CheckpointJson.read(file));
    } catch (IOException e) {
      throw new CheckpointException("tokenizer.unreadable", file + " " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path path) {
    Path file = HubCache.file(path);
    try (InputStream bytes =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.size(file) > MAX_BYTES) {
        throw new CheckpointException(
            "tokenizer.invalid", file + " is no tokenizer: it is larger than " + MAX_BYTES);
      }
      byte[] content = bytes.readAllBytes();
      requireNoOther(file, content);
      return content;
    } catch (IOException e) {
      throw new CheckpointException(
          "tokenizer.unreadable", file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A vocabulary is any text, so that a pointer of Git LFS would pass for one. */
  private static void requireNoOther(Path file, byte[] content) {
    byte[] first = Arrays.copyOf(content, Math.min(content.length, ForeignContent.BYTES));
    ForeignContent.of(first)
        .ifPresent(
            what -> {
              throw new CheckpointException("tokenizer.invalid", file + " " + what);
            });
  }
}
