package io.salient.extractor.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads CoNLL-U (universaldependencies.org/format.html). The words are the syntactic words: ranges
 * such as 1-2 and empty nodes such as 1.1 are left out.
 */
final class ConlluReader {
  private static final int COLUMNS = 10;

  /** A range of words such as 1-2, or an empty node such as 1.1. */
  private static final Pattern NO_WORD = Pattern.compile("[0-9]+[-.][0-9]+");

  private static final int FEATS = 5;
  private static final int MISC = 9;

  private final Path file;
  private final List<ConlluConcept> concepts = new ArrayList<>();
  private final CorpusBuilder builder;
  private final TreeSet<String> keys = new TreeSet<>();
  private final List<String[]> sentence = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  private ConlluReader(Path file, List<String> asked) {
    this.file = file;
    for (String name : asked) {
      ConlluConcept concept = ConlluConcept.of(name);
      if (concept == null) {
        throw new CorpusException(
            "corpus.unknown-concept",
            "concept "
                + CorpusBuilder.printable(name)
                + " is not in "
                + file.getFileName()
                + ": there are upos, xpos, deprel, feats:KEY, misc:KEY, regex:NAME=PATTERN and"
                + " position");
      }
      concepts.add(concept);
    }
    builder =
        new CorpusBuilder(
            file.getFileName().toString(), concepts.stream().map(ConlluConcept::name).toList());
  }

  static AnnotatedCorpus read(Path file, List<String> asked) {
    return new ConlluReader(file, asked.isEmpty() ? List.of("upos") : asked).read(asked);
  }

  private AnnotatedCorpus read(List<String> asked) {
    int number = 0;
    for (String line : CorpusLines.read(file)) {
      number++;
      if (CorpusLines.isBlank(line)) {
        endSentence();
      } else if (!line.startsWith("#")) {
        word(line, number);
      }
    }
    endSentence();
    try {
      return builder.build();
    } catch (CorpusException e) {
      throw e.code().equals("corpus.no-labels") && !asked.isEmpty()
          ? new CorpusException(
              e.code(), e.getMessage() + "; keys there are: " + String.join(", ", keys))
          : e;
    }
  }

  private void word(String line, int number) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw new CorpusException(
          "corpus.columns",
          CorpusLines.where(file, number)
              + ": "
              + columns.length
              + " columns, CoNLL-U has "
              + COLUMNS
              + " separated by tabs");
    }
    if (NO_WORD.matcher(columns[0]).matches()) {
      return;
    }
    checkId(columns[0], number);
    addKeys("feats:", columns[FEATS]);
    addKeys("misc:", columns[MISC]);
    sentence.add(columns);
    lines.add(number);
  }

  /** Words are numbered from 1; anything else most often means that a blank line is missing. */
  private void checkId(String id, int number) {
    int expected = sentence.size() + 1;
    if (!id.equals(Integer.toString(expected))) {
      throw new CorpusException(
          "corpus.id",
          CorpusLines.where(file, number)
              + ": the first column is "
              + CorpusBuilder.printable(id)
              + ", where word "
              + expected
              + " of a sentence is due; a blank line ends a sentence");
    }
  }

  private void addKeys(String kind, String column) {
    for (String pair : column.split("\\|", -1)) {
      int end = pair.indexOf('=');
      if (end > 0) {
        keys.add(kind + pair.substring(0, end));
      }
    }
  }

  private void endSentence() {
    for (int i = 0; i < sentence.size(); i++) {
      String[] columns = sentence.get(i);
      List<String> labels = new ArrayList<>();
      for (ConlluConcept concept : concepts) {
        labels.add(concept.label(columns, i == 0, i == sentence.size() - 1));
      }
      builder.word(CorpusLines.where(file, lines.get(i)), columns[1], labels);
    }
    builder.endSentence();
    sentence.clear();
    lines.clear();
  }
}
