package io.salient.torch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is that is not what its name says, told by its first bytes: a download that ended as
 * something else, or a file of another format that was renamed.
 */
public final class ForeignContent {
  /** How many bytes are looked at. */
  public static final int BYTES = 64;

  private static final String SAVE = "save the model with safe_serialization=True";

  private ForeignContent() {}

  /**
   * What a file is and what to do, as the rest of a sentence about it; empty when it is unknown.
   */
  public static Optional<String> of(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    String markup = text.stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of("is a pointer of Git LFS, not the file: fetch it by `git lfs pull`");
    }
    if (markup.startsWith("<!doctype") || markup.startsWith("<html")) {
      return Optional.of(
          "is a web page: the download failed, as it does without a login or with the address of"
              + " the page about the file; fetch it again");
    }
    if (text.startsWith("PK\3\4") || text.matches("(?s)\\x80[\\x02-\\x05].*")) {
      return Optional.of("is pickle, of torch.save, under another name: " + SAVE);
    }
    if (text.startsWith("GGUF")) {
      return Optional.of("is GGUF under another name: " + SAVE);
    }
    if (text.startsWith("\u001f\u008b")) {
      return Optional.of("is compressed by gzip: unpack it");
    }
    if (text.length() >= Long.BYTES && text.chars().allMatch(letter -> letter == 0)) {
      return Optional.of(
          "begins with zeros: it was not written, as on a full disk, or is a download that did not"
              + " end");
    }
    return Optional.empty();
  }

  /** The same of a file; empty also when it cannot be read. */
  public static Optional<String> in(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      return of(bytes.readNBytes(BYTES));
    } catch (IOException e) {
      return Optional.empty(); // what went wrong before is told
    }
  }

  /** The same of a file in memory. */
  static Optional<String> of(MemorySegment bytes) {
    return of(bytes.asSlice(0, Math.min(BYTES, bytes.byteSize())).toArray(ValueLayout.JAVA_BYTE));
  }
}
