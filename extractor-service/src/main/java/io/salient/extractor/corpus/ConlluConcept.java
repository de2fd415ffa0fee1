package io.salient.extractor.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How the label of a word is found in a line of CoNLL-U.
 *
 * <pre>
 * upos, xpos, deprel      the column; _ is no label
 * feats:KEY, misc:KEY     the value of a key; a word without it has no label. A layered feature
 *                         such as feats:Number[psor] is called feats:Number.psor in results
 * PARSEME:MWE             any column that # global.columns names and CoNLL-U does not know
 * regex:NAME=PATTERN      yes or no: does the whole word match
 * position                first, middle or last word of the sentence; a sentence of one word is first
 * </pre>
 */
final class ConlluConcept {
  private final String name;
  private final Rule rule;

  /** Finds a label. */
  private interface Rule {
    String label(String[] cells, boolean first, boolean last);
  }

  private ConlluConcept(String name, Rule rule) {
    this.name = name;
    this.rule = rule;
  }

  /** The concept of a name, or null when those columns have none of that name. */
  static ConlluConcept of(String asked, ConlluColumns columns) {
    return switch (asked) {
      case "upos" -> column(asked, columns.of(ConlluColumns.UPOS));
      case "xpos" -> column(asked, columns.of(ConlluColumns.XPOS));
      case "deprel" -> column(asked, columns.of(ConlluColumns.DEPREL));
      case "position" ->
          new ConlluConcept(
              asked, (cells, first, last) -> first ? "first" : last ? "last" : "middle");
      default ->
          columns.others().contains(asked)
              ? column(ConceptNames.inResults(asked), columns.of(asked))
              : derived(asked, columns);
    };
  }

  /** The forms of names that those columns have concepts for. */
  static String forms(ConlluColumns columns) {
    List<String> forms = new ArrayList<>();
    for (String column : List.of(ConlluColumns.UPOS, ConlluColumns.XPOS, ConlluColumns.DEPREL)) {
      if (columns.of(column) >= 0) {
        forms.add(column.toLowerCase(java.util.Locale.ROOT));
      }
    }
    if (columns.of(ConlluColumns.FEATS) >= 0) {
      forms.add("feats:KEY");
    }
    if (columns.of(ConlluColumns.MISC) >= 0) {
      forms.add("misc:KEY");
    }
    forms.addAll(columns.others());
    forms.add("regex:NAME=PATTERN");
    return String.join(", ", forms) + " and position";
  }

  private static ConlluConcept derived(String asked, ConlluColumns columns) {
    if (asked.startsWith("feats:")) {
      return keyed(asked, columns.of(ConlluColumns.FEATS), asked.substring("feats:".length()));
    }
    if (asked.startsWith("misc:")) {
      return keyed(asked, columns.of(ConlluColumns.MISC), asked.substring("misc:".length()));
    }
    if (asked.startsWith("regex:") && asked.indexOf('=') > 0) {
      Pattern pattern = pattern(asked);
      int form = columns.of(ConlluColumns.FORM);
      String name = ConceptNames.inResults(asked);
      return new ConlluConcept(
          name, (cells, first, last) -> pattern.matcher(cells[form]).matches() ? "yes" : "no");
    }
    return null;
  }

  private static ConlluConcept keyed(String asked, int column, String key) {
    boolean inMisc = asked.startsWith("misc:");
    return column < 0
        ? null
        : new ConlluConcept(
            ConceptNames.inResults(asked),
            (cells, first, last) -> value(cells[column], key, inMisc));
  }

  private static Pattern pattern(String asked) {
    try {
      return Pattern.compile(
          asked.substring(asked.indexOf('=') + 1), Pattern.UNICODE_CHARACTER_CLASS);
    } catch (PatternSyntaxException e) {
      throw new CorpusException(
          "corpus.regex",
          "concept "
              + CorpusBuilder.printable(asked)
              + ": "
              + e.getDescription()
              + " at "
              + e.getIndex());
    }
  }

  private static ConlluConcept column(String name, int column) {
    return column < 0
        ? null
        : new ConlluConcept(
            name, (cells, first, last) -> cells[column].equals("_") ? null : cells[column]);
  }

  /**
   * The value of a key, the first where it stands twice; all behind the first {@code =}. Programs
   * leave keys without a value in MISC, where they are no label; in FEATS there are none.
   */
  private static String value(String cell, String key, boolean inMisc) {
    for (String pair : cell.split("\\|", -1)) {
      int end = pair.indexOf('=');
      if (end >= 0 && CorpusLines.trimmed(pair.substring(0, end)).equals(key)) {
        String value = CorpusLines.trimmed(pair.substring(end + 1));
        return inMisc && value.isEmpty() ? null : value;
      }
    }
    return null;
  }

  /** What the concept is called in results. */
  String name() {
    return name;
  }

  String label(String[] cells, boolean first, boolean last) {
    return rule.label(cells, first, last);
  }
}
