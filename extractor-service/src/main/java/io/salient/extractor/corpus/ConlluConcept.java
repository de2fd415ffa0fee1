package io.salient.extractor.corpus;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How the label of a word is found in a line of CoNLL-U.
 *
 * <pre>
 * upos, xpos, deprel      the column; _ is no label
 * feats:KEY, misc:KEY     the value of a key; a word without it has no label. A layered feature
 *                         such as feats:Number[psor] is called feats:Number.psor in results
 * regex:NAME=PATTERN      yes or no: does the whole word match
 * position                first, middle or last word of the sentence; a sentence of one word is first
 * </pre>
 */
final class ConlluConcept {
  private static final int FORM = 1;
  private static final int UPOS = 3;
  private static final int XPOS = 4;
  private static final int FEATS = 5;
  private static final int DEPREL = 7;
  private static final int MISC = 9;

  private final String name;
  private final Rule rule;

  /** Finds a label. */
  private interface Rule {
    String label(String[] columns, boolean first, boolean last);
  }

  private ConlluConcept(String name, Rule rule) {
    this.name = name;
    this.rule = rule;
  }

  /** The concept of a name, or null when there is none of that form. */
  static ConlluConcept of(String asked) {
    return switch (asked) {
      case "upos" -> column(asked, UPOS);
      case "xpos" -> column(asked, XPOS);
      case "deprel" -> column(asked, DEPREL);
      case "position" ->
          new ConlluConcept(
              asked, (columns, first, last) -> first ? "first" : last ? "last" : "middle");
      default -> keyed(asked);
    };
  }

  private static ConlluConcept keyed(String asked) {
    if (asked.startsWith("feats:")) {
      String key = asked.substring("feats:".length());
      return new ConlluConcept(plain(asked), (columns, first, last) -> value(columns[FEATS], key));
    }
    if (asked.startsWith("misc:")) {
      String key = asked.substring("misc:".length());
      return new ConlluConcept(plain(asked), (columns, first, last) -> value(columns[MISC], key));
    }
    if (asked.startsWith("regex:") && asked.indexOf('=') > 0) {
      Pattern pattern = pattern(asked);
      String name = asked.substring("regex:".length(), asked.indexOf('='));
      return new ConlluConcept(
          name, (columns, first, last) -> pattern.matcher(columns[FORM]).matches() ? "yes" : "no");
    }
    return null;
  }

  /** Names of concepts hold no brackets. */
  private static String plain(String asked) {
    return asked.endsWith("]") ? asked.substring(0, asked.length() - 1).replace('[', '.') : asked;
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
    return new ConlluConcept(
        name, (columns, first, last) -> columns[column].equals("_") ? null : columns[column]);
  }

  private static String value(String column, String key) {
    for (String pair : column.split("\\|", -1)) {
      if (pair.startsWith(key + "=")) {
        return pair.substring(key.length() + 1);
      }
    }
    return null;
  }

  /** What the concept is called in results. */
  String name() {
    return name;
  }

  String label(String[] columns, boolean first, boolean last) {
    return rule.label(columns, first, last);
  }
}
