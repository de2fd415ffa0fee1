package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads columns: a word and its labels on each line, a blank line between sentences. They are
 * separated by tabs, or, as in CoNLL-2003's files, by blanks. A first line such as {@code #columns:
 * word upos sem} names the columns; without it the labels are column2, column3 and so on. A label
 * {@code _} is none; {@code # } begins a comment where no tab follows; {@code -DOCSTART-} is no
 * word.
 */
final class TsvReader {
  private static final String HEADER = "#columns:";
  private static final String DOCUMENT = "-DOCSTART-";

  /** A label of a span as CoNLL-2003 writes it, in the last column. */
  private static final Pattern SPAN = Pattern.compile("O|[BIESLUM]-\\S+");

  private final Path file;
  private final List<String> lines;
  private final boolean byBlanks;

  private TsvReader(Path file) {
    this.file = file;
    lines = CorpusLines.read(file);
    byBlanks = separatesByBlanks(lines);
  }

  /** Words and the labels asked for; all of them where nothing is asked for. */
  static AnnotatedCorpus read(Path file, List<String> asked) {
    TsvReader reader = new TsvReader(file);
    return reader.read(reader.names(), asked);
  }

  /** Words without labels. */
  static AnnotatedCorpus readWords(Path file) {
    TsvReader reader = new TsvReader(file);
    return reader.corpus(reader.names().size() + 1, List.of(), new int[0]);
  }

  private AnnotatedCorpus read(List<String> names, List<String> asked) {
    List<String> concepts = asked.isEmpty() ? names : asked;
    int[] columns = concepts.stream().mapToInt(concept -> column(names, concept)).toArray();
    return corpus(names.size() + 1, concepts, columns);
  }

  private AnnotatedCorpus corpus(int count, List<String> concepts, int[] columns) {
    if (!namesColumns(lines)) {
      UnnamedColumns.require(file, rows());
    }
    CorpusBuilder builder = new CorpusBuilder(file.getFileName().toString(), concepts);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (CorpusLines.isBlank(line)) {
        builder.endSentence();
      } else if (!isComment(line) && (i > 0 || !line.startsWith(HEADER))) {
        String[] cells = cells(line);
        if (cells[0].equals(DOCUMENT)) {
          builder.beginDocument();
        } else {
          word(builder, CorpusLines.where(file, i + 1), cells, count, columns);
        }
      }
    }
    return builder.build();
  }

  /** The cells of each line, null where a sentence ends. */
  private List<String[]> rows() {
    return lines.stream()
        .filter(line -> !isComment(line))
        .map(line -> CorpusLines.isBlank(line) ? null : cells(line))
        .map(cells -> cells == null || cells[0].equals(DOCUMENT) ? null : cells)
        .toList();
  }

  private void word(CorpusBuilder builder, String where, String[] cells, int count, int[] columns) {
    if (cells.length != count) {
      throw new CorpusException(
          "corpus.columns",
          where
              + ": "
              + cells.length
              + " columns, the first line has "
              + count
              + "; columns are separated by "
              + (byBlanks ? "blanks" : "tabs"));
    }
    List<String> labels = new ArrayList<>();
    for (int column : columns) {
      labels.add(cells[column].equals("_") ? null : cells[column]);
    }
    builder.word(where, cells[0], labels);
  }

  private String[] cells(String line) {
    return byBlanks ? parts(line) : CorpusLines.cells(line);
  }

  private static String[] parts(String line) {
    return CorpusLines.trimmed(line).split(" +", -1);
  }

  private static boolean isComment(String line) {
    return line.startsWith("# ") && line.indexOf('\t') < 0;
  }

  /** True when the first line is a header that names the columns. */
  static boolean namesColumns(List<String> lines) {
    return !lines.isEmpty() && lines.getFirst().startsWith(HEADER);
  }

  /**
   * True for CoNLL-2003's layout: no tab, and a document's mark in front, alone or with labels, or
   * on every line the same number of parts, the last of them the label of a span.
   */
  static boolean separatesByBlanks(List<String> lines) {
    int count = 0;
    for (String line : lines) {
      if (line.indexOf('\t') >= 0) {
        return false;
      }
      if (!line.isBlank()) {
        String[] parts = parts(line);
        if (count == 0 && parts[0].equals(DOCUMENT)) {
          return true;
        }
        if (parts.length < 2
            || (count > 0 && parts.length != count)
            || !SPAN.matcher(parts[parts.length - 1]).matches()) {
          return false;
        }
        count = parts.length;
      }
    }
    return count > 0;
  }

  private List<String> names() {
    if (lines.isEmpty()) {
      throw new CorpusException("corpus.empty", file.getFileName() + " holds no words");
    }
    if (namesColumns(lines)) {
      List<String> all =
          Arrays.asList(lines.getFirst().substring(HEADER.length()).strip().split("\\s+"));
      if (all.size() < 2) {
        throw new CorpusException(
            "corpus.columns",
            CorpusLines.where(file, 1)
                + ": names no column of labels; write such as "
                + HEADER
                + " word upos");
      }
      return List.copyOf(all.subList(1, all.size()));
    }
    String first =
        lines.stream()
            .filter(line -> !CorpusLines.isBlank(line) && !isComment(line))
            .filter(line -> !line.startsWith(DOCUMENT))
            .findFirst()
            .orElse("");
    List<String> names = new ArrayList<>();
    for (int column = 2; column <= cells(first).length; column++) {
      names.add("column" + column);
    }
    return names;
  }

  private int column(List<String> names, String concept) {
    int index = names.indexOf(concept);
    if (index < 0) {
      throw new CorpusException(
          "corpus.unknown-concept",
          "concept "
              + CorpusBuilder.printable(concept)
              + " is not in "
              + file.getFileName()
              + ": there are "
              + String.join(", ", names));
    }
    return index + 1;
  }
}
