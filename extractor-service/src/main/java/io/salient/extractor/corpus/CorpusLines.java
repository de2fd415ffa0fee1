package io.salient.extractor.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a corpus file: UTF-8 and nothing else, with or without a byte-order mark, ended by
 * LF or CRLF.
 */
final class CorpusLines {
  private static final long MAX_BYTES = Integer.MAX_VALUE - 16L;

  private CorpusLines() {}

  static List<String> read(Path file) {
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CorpusException(
            "corpus.too-large", file + " is larger than 2 GB: split it, or take a sample of it");
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CorpusException("corpus.missing", file + " is not there");
    } catch (IOException e) {
      throw new CorpusException("corpus.unreadable", file + " cannot be read: " + e.getMessage());
    }
    List<String> lines = new ArrayList<>();
    int start =
        bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF
            ? 3
            : 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
      lines.add(decode(file, lines.size() + 1, ByteBuffer.wrap(bytes, start, stop - start)));
      start = end + 1;
    }
    return lines;
  }

  private static String decode(Path file, int line, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new CorpusException("corpus.encoding", where(file, line) + ": not UTF-8");
    }
  }

  /** True for a line without content; tabs are content: the separators of empty columns. */
  static boolean isBlank(String line) {
    return line.isBlank() && line.indexOf('\t') < 0;
  }

  /** File name and line, as compilers write them. */
  static String where(Path file, int line) {
    return file.getFileName() + ":" + line;
  }
}
