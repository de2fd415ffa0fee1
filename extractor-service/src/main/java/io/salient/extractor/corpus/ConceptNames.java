package io.salient.extractor.corpus;

/** What concepts are called in results, where that is not how they are asked for. */
public final class ConceptNames {
  private static final String REGEX = "regex:";

  private ConceptNames() {}

  /**
   * The name in results: that of a regular expression without the expression, any other without
   * brackets, as those of a layered feature such as {@code feats:Number[psor]}.
   */
  public static String inResults(String asked) {
    if (asked.startsWith(REGEX) && asked.indexOf('=') > 0) {
      return asked.substring(REGEX.length(), asked.indexOf('='));
    }
    return asked.replace('[', '.').replace("]", "");
  }
}
