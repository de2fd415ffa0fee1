package io.salient.extractor.corpus;

import io.salient.torch.ForeignContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a corpus file: UTF-8 and nothing else, with or without byte-order marks, ended by LF
 * or CRLF.
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
    requireUtf8Text(file, bytes);
    List<String> lines = new ArrayList<>();
    int start = 0;
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

  /** Tells files apart that would otherwise be one endless line, or fail somewhere inside. */
  private static void requireUtf8Text(Path file, byte[] bytes) {
    int first = bytes.length < 2 ? -1 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    if (first == 0x1F8B || first == (('P' << 8) | 'K')) {
      throw new CorpusException(
          "corpus.encoding", file.getFileName() + " is compressed: unpack it first");
    }
    byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, ForeignContent.BYTES));
    ForeignContent.of(start)
        .ifPresent(
            what -> {
              throw new CorpusException("corpus.encoding", file.getFileName() + " " + what);
            });
    boolean wide = bytes.length > 3 && (bytes[0] == 0) != (bytes[1] == 0);
    if (first == 0xFEFF || first == 0xFFFE || wide) {
      throw new CorpusException(
          "corpus.encoding",
          where(file, 1) + ": UTF-16, not UTF-8: convert it, as by iconv -f UTF-16 -t UTF-8");
    }
    boolean carriageReturns = false;
    for (byte each : bytes) {
      if (each == '\n') {
        return;
      }
      carriageReturns |= each == '\r';
    }
    if (carriageReturns) {
      throw new CorpusException(
          "corpus.line-ends",
          where(file, 1)
              + ": lines are ended by CR alone: convert them to LF, as by tr '\\r' '\\n'");
    }
  }

  private static String decode(Path file, int line, ByteBuffer bytes) {
    int start = bytes.position();
    try {
      return withoutMark(line, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw new CorpusException(
          "corpus.encoding",
          where(file, line)
              + ": not UTF-8, from byte "
              + (bytes.position() - start + 1)
              + " of the line on: convert the file, as by iconv -f LATIN1 -t UTF-8");
    }
  }

  /**
   * Without the byte-order mark that the file begins with, or that files put together have before a
   * later line; a mark that is all of a word stays.
   */
  private static String withoutMark(int number, String line) {
    boolean mark = !line.isEmpty() && line.charAt(0) == '\uFEFF';
    boolean text = line.length() > 1 && !Character.isWhitespace(line.charAt(1));
    return mark && (number == 1 || text) ? line.substring(1) : line;
  }

  /** The cells of a line; blanks at the ends of a cell are no part of it. */
  static String[] cells(String line) {
    return Arrays.stream(line.split("\t", -1)).map(CorpusLines::trimmed).toArray(String[]::new);
  }

  /** Without blanks at its ends: only these, as a word may be of any other white space. */
  static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
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
