package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads tab-separated columns: a word and its labels on each line, a blank line between sentences.
 * A first line such as {@code #columns: word upos sem} names the columns; without it the labels are
 * column2, column3 and so on. A label {@code _} is none.
 */
final class TsvReader {
  private static final String HEADER = "#columns:";

  private TsvReader() {}

  static AnnotatedCorpus read(Path file, List<String> asked) {
    List<String> lines = CorpusLines.read(file);
    List<String> names = names(file, lines);
    List<String> concepts = asked.isEmpty() ? names : asked;
    int[] columns = concepts.stream().mapToInt(concept -> column(file, names, concept)).toArray();
    CorpusBuilder builder = new CorpusBuilder(file.getFileName().toString(), concepts);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (CorpusLines.isBlank(line)) {
        builder.endSentence();
      } else if (i > 0 || !line.startsWith(HEADER)) {
        String where = CorpusLines.where(file, i + 1);
        String[] cells = line.split("\t", -1);
        if (cells.length != names.size() + 1) {
          throw new CorpusException(
              "corpus.columns",
              where + ": " + cells.length + " columns, the first line has " + (names.size() + 1));
        }
        List<String> labels = new ArrayList<>();
        for (int column : columns) {
          labels.add(cells[column].equals("_") ? null : cells[column]);
        }
        builder.word(where, cells[0], labels);
      }
    }
    return builder.build();
  }

  /** True when the first line is a header that names the columns. */
  static boolean namesColumns(List<String> lines) {
    return !lines.isEmpty() && lines.getFirst().startsWith(HEADER);
  }

  private static List<String> names(Path file, List<String> lines) {
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
    String first = lines.stream().filter(line -> !CorpusLines.isBlank(line)).findFirst().orElse("");
    List<String> names = new ArrayList<>();
    for (int column = 2; column <= first.split("\t", -1).length; column++) {
      names.add("column" + column);
    }
    return names;
  }

  private static int column(Path file, List<String> names, String concept) {
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
