package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads CoNLL-U (universaldependencies.org/format.html) and CoNLL-U Plus, whose columns {@code #
 * global.columns} names. The words are the syntactic words: ranges such as 1-2 and empty nodes such
 * as 1.1 are left out.
 */
final class ConlluReader {
  /** A range of words such as 1-2, or an empty node such as 1.1. */
  private static final Pattern NO_WORD = Pattern.compile("[0-9]+[-.][0-9]+");

  /** The comment that a document begins with: {@code # newdoc}, mostly with an id. */
  private static final Pattern DOCUMENT = Pattern.compile("#\\s*newdoc(\\s.*)?");

  private final Path file;
  private final ConlluColumns columns;
  private final List<ConlluConcept> concepts = new ArrayList<>();
  private final CorpusBuilder builder;
  private final TreeSet<String> keys = new TreeSet<>();
  private final List<String[]> sentence = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final int id;
  private final int form;
  private int words;
  private boolean text;

  private ConlluReader(Path file, ConlluColumns columns, List<String> asked) {
    this.file = file;
    this.columns = columns;
    id = columns.of(ConlluColumns.ID);
    form = columns.of(ConlluColumns.FORM);
    for (String name : asked) {
      ConlluConcept concept = ConlluConcept.of(name, columns);
      if (concept == null) {
        throw new CorpusException(
            "corpus.unknown-concept",
            "concept "
                + CorpusBuilder.printable(name)
                + " is not in "
                + file.getFileName()
                + ": there are "
                + ConlluConcept.forms(columns));
      }
      concepts.add(concept);
    }
    builder =
        new CorpusBuilder(
            file.getFileName().toString(), concepts.stream().map(ConlluConcept::name).toList());
  }

  /** Words and labels; of upos where nothing is asked for. */
  static AnnotatedCorpus read(Path file, List<String> asked) {
    return readLines(file, asked.isEmpty() ? List.of("upos") : asked);
  }

  /** Words without labels. */
  static AnnotatedCorpus readWords(Path file) {
    return readLines(file, List.of());
  }

  private static AnnotatedCorpus readLines(Path file, List<String> asked) {
    List<String> lines = CorpusLines.read(file);
    return new ConlluReader(file, columns(file, lines), asked).read(lines);
  }

  /** One file has one kind of line: files put together may each name the columns, but the same. */
  private static ConlluColumns columns(Path file, List<String> lines) {
    ConlluColumns columns = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String where = CorpusLines.where(file, i + 1);
      if (isComment(line)) {
        Optional<ConlluColumns> declared = ConlluColumns.declared(line, where);
        if (declared.isPresent() && columns != null && !declared.get().equals(columns)) {
          throw ConlluColumns.refused(where, "names other columns than the lines before have");
        }
        columns = declared.orElse(columns);
      } else if (!CorpusLines.isBlank(line) && columns == null) {
        columns = ConlluColumns.PLAIN;
      }
    }
    return columns == null ? ConlluColumns.PLAIN : columns;
  }

  /** True for the number of a range of words, or of an empty node. */
  static boolean isNoWord(String id) {
    return NO_WORD.matcher(id).matches();
  }

  private static boolean isComment(String line) {
    return line.startsWith("#");
  }

  private AnnotatedCorpus read(List<String> all) {
    int number = 0;
    for (String line : all) {
      number++;
      if (CorpusLines.isBlank(line)) {
        endSentence();
      } else if (!isComment(line)) {
        word(CorpusLines.cells(line), number);
      } else if (sentence.isEmpty() && DOCUMENT.matcher(line).matches()) {
        builder.beginDocument();
      }
    }
    endSentence();
    if (words > 1 && !text) {
      throw new CorpusException(
          "corpus.no-text",
          file.getFileName()
              + ": every word is _: the text was taken out of this file; put it back with the"
              + " script that comes with the corpus");
    }
    try {
      return builder.build();
    } catch (CorpusException e) {
      throw e.code().equals("corpus.no-labels") && !keys.isEmpty()
          ? new CorpusException(
              e.code(), e.getMessage() + "; keys there are: " + String.join(", ", keys))
          : e;
    }
  }

  private void word(String[] cells, int number) {
    if (cells.length != columns.count()) {
      throw wrongColumns(cells.length, number);
    }
    if (id >= 0) {
      if (isNoWord(cells[id])) {
        return;
      }
      checkId(cells[id], number);
    }
    addKeys("feats:", columns.of(ConlluColumns.FEATS), cells);
    addKeys("misc:", columns.of(ConlluColumns.MISC), cells);
    sentence.add(cells);
    lines.add(number);
  }

  private CorpusException wrongColumns(int count, int number) {
    String due =
        columns.equals(ConlluColumns.PLAIN)
            ? "CoNLL-U has 10 separated by tabs; the first line of a file with others names them,"
                + " such as # global.columns = ID FORM UPOS"
            : "# global.columns names " + columns.count() + "; columns are separated by tabs";
    return new CorpusException(
        "corpus.columns", CorpusLines.where(file, number) + ": " + count + " columns, " + due);
  }

  /** Words are numbered from 1; anything else most often means that a blank line is missing. */
  private void checkId(String found, int number) {
    int expected = sentence.size() + 1;
    if (!found.equals(Integer.toString(expected))) {
      throw new CorpusException(
          "corpus.id",
          CorpusLines.where(file, number)
              + ": the first column is "
              + CorpusBuilder.printable(found)
              + ", where word "
              + expected
              + " of a sentence is due; a blank line ends a sentence: is one missing before this"
              + " line?");
    }
  }

  private void addKeys(String kind, int column, String[] cells) {
    if (column < 0) {
      return;
    }
    for (String pair : cells[column].split("\\|", -1)) {
      int end = pair.indexOf('=');
      if (end > 0) {
        keys.add(kind + CorpusLines.trimmed(pair.substring(0, end)));
      }
    }
  }

  private void endSentence() {
    for (int i = 0; i < sentence.size(); i++) {
      String[] cells = sentence.get(i);
      List<String> labels = new ArrayList<>();
      for (ConlluConcept concept : concepts) {
        labels.add(concept.label(cells, i == 0, i == sentence.size() - 1));
      }
      builder.word(CorpusLines.where(file, lines.get(i)), cells[form], labels);
      text |= !cells[form].equals("_");
      words++;
    }
    builder.endSentence();
    sentence.clear();
    lines.clear();
  }
}
