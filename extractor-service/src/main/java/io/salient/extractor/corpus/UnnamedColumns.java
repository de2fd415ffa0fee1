package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Columns that no line names, where the first is taken for the words: refuses those of which the
 * first is something else, or whose first line is a header of another kind.
 */
final class UnnamedColumns {
  private static final Set<String> WORDS = Set.of("word", "words", "token", "tokens", "form");

  /** Fewer lines may count by chance. */
  private static final int LEAST = 3;

  private UnnamedColumns() {}

  /**
   * Refuses them.
   *
   * @param file for messages
   * @param rows the cells of each line, null where a sentence ends
   */
  static void require(Path file, List<String[]> rows) {
    if (count(rows, 0) || count(rows, 1)) {
      throw new CorpusException(
          "corpus.columns",
          file.getFileName()
              + ": the first column counts the words and is not them, as in CoNLL-U and its kin:"
              + " name the columns in the first line, such as # global.columns = ID FORM UPOS");
    }
    List<String[]> words = rows.stream().filter(Objects::nonNull).toList();
    if (isHeader(words)) {
      String[] header = words.getFirst();
      throw new CorpusException(
          "corpus.columns",
          file.getFileName()
              + ": the first line looks like a header: write it as #columns: "
              + String.join(" ", header)
              + ", or leave it out");
    }
  }

  /** True when the first cells count the words of each sentence from a number on. */
  private static boolean count(List<String[]> rows, int from) {
    int expected = from;
    int seen = 0;
    for (String[] cells : rows) {
      if (cells == null) {
        expected = from;
      } else if (cells[0].equals(Integer.toString(expected))) {
        expected++;
        seen++;
      } else if (!ConlluReader.isNoWord(cells[0])) {
        return false;
      }
    }
    return seen >= LEAST;
  }

  /** A first line that names a word, and labels that do not come again. */
  private static boolean isHeader(List<String[]> words) {
    if (words.size() < 2 || !WORDS.contains(words.getFirst()[0].toLowerCase(Locale.ROOT))) {
      return false;
    }
    String[] header = words.getFirst();
    return words.stream()
        .skip(1)
        .noneMatch(
            cells -> {
              boolean again = false;
              for (int i = 1; i < Math.min(header.length, cells.length); i++) {
                again |= cells[i].equals(header[i]);
              }
              return again;
            });
  }
}
