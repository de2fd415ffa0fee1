package io.salient.extractor.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which column of a line holds what: the ten of CoNLL-U, or those that a CoNLL-U Plus file names in
 * its first line, in any order, such as
 *
 * <pre>
 * # global.columns = ID FORM UPOS PARSEME:MWE
 * </pre>
 *
 * @param names in their order; those of CoNLL-U in upper case, others as they are written
 */
record ConlluColumns(List<String> names) {
  static final String ID = "ID";
  static final String FORM = "FORM";
  static final String UPOS = "UPOS";
  static final String XPOS = "XPOS";
  static final String FEATS = "FEATS";
  static final String DEPREL = "DEPREL";
  static final String MISC = "MISC";

  /** Those of a file that names none. */
  static final ConlluColumns PLAIN =
      new ConlluColumns(
          List.of(ID, FORM, "LEMMA", UPOS, XPOS, FEATS, "HEAD", DEPREL, "DEPS", MISC));

  private static final Pattern DECLARATION =
      Pattern.compile("#\\s*global\\.columns\\b\\s*[=:]?(.*)", Pattern.CASE_INSENSITIVE);

  /** True for the comment that names the columns. */
  static boolean isDeclaration(String line) {
    return DECLARATION.matcher(line).matches();
  }

  /**
   * The columns that a line names; empty for any other line.
   *
   * @param where file and line, for messages
   */
  static Optional<ConlluColumns> declared(String line, String where) {
    Matcher declaration = DECLARATION.matcher(line);
    if (!declaration.matches()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (String name : declaration.group(1).strip().split("\\s+", -1)) {
      String known = name.toUpperCase(Locale.ROOT);
      names.add(PLAIN.names.contains(known) ? known : name);
    }
    if (!names.contains(FORM)) {
      throw refused(where, "names no column FORM, which holds the words");
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) < i) {
        throw refused(where, "names " + CorpusBuilder.printable(names.get(i)) + " twice");
      }
    }
    return Optional.of(new ConlluColumns(List.copyOf(names)));
  }

  /** What to throw because of a declaration. */
  static CorpusException refused(String where, String why) {
    return new CorpusException(
        "corpus.global-columns", where + ": # global.columns " + why + ": correct the file");
  }

  int count() {
    return names.size();
  }

  /** Where a column stands; -1 when the file has none of that name. */
  int of(String name) {
    return names.indexOf(name);
  }

  /** Names of the columns that CoNLL-U does not know. */
  List<String> others() {
    return names.stream().filter(name -> !PLAIN.names.contains(name)).toList();
  }
}
