package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads an annotated corpus in whichever of the known formats it is. */
public final class CorpusReader {
  private static final int CONLLU_COLUMNS = 10;

  private CorpusReader() {}

  /**
   * Reads a corpus: with label files as parallel text; as CoNLL-U where its name or {@code #
   * global.columns} says so; otherwise by its first line that is neither blank nor a comment, as
   * CoNLL-U (ten columns), columns, or parallel text.
   *
   * @param file words and labels, or plain text
   * @param labelFiles label file of each concept, for plain text
   * @param concepts what is wanted; empty for upos in CoNLL-U, for all elsewhere
   * @throws CorpusException when it cannot be used
   */
  public static AnnotatedCorpus read(
      Path file, Map<String, Path> labelFiles, List<String> concepts) {
    if (!labelFiles.isEmpty()) {
      return ParallelTextReader.read(file, labelFiles, concepts);
    }
    return switch (format(file)) {
      case CONLLU -> ConlluReader.read(file, concepts);
      case COLUMNS -> TsvReader.read(file, concepts);
      case TEXT -> ParallelTextReader.read(file, labelFiles, concepts);
    };
  }

  /**
   * Reads a corpus whose labels do not matter: one of the known formats, or plain text with one
   * sentence a line.
   *
   * @throws CorpusException when it cannot be used
   */
  public static AnnotatedCorpus readWords(Path file) {
    return switch (format(file)) {
      case CONLLU -> ConlluReader.readWords(file);
      case COLUMNS -> TsvReader.readWords(file);
      case TEXT -> PlainTextReader.read(file);
    };
  }

  private enum Format {
    CONLLU,
    COLUMNS,
    TEXT
  }

  private static Format format(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".conllu") || name.endsWith(".conllup")) {
      return Format.CONLLU;
    }
    List<String> lines = CorpusLines.read(file);
    if (TsvReader.namesColumns(lines) || TsvReader.separatesByBlanks(lines)) {
      return Format.COLUMNS;
    }
    if (lines.stream()
        .takeWhile(line -> line.isBlank() || line.startsWith("#"))
        .anyMatch(ConlluColumns::isDeclaration)) {
      return Format.CONLLU;
    }
    String first =
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .or(() -> lines.stream().filter(line -> line.indexOf('\t') > 0).findFirst())
            .orElse("");
    int columns = first.split("\t", -1).length;
    if (columns == CONLLU_COLUMNS) {
      return Format.CONLLU;
    }
    return columns > 1 ? Format.COLUMNS : Format.TEXT;
  }
}
