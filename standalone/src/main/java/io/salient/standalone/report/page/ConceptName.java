package io.salient.standalone.report.page;

/** What concepts with a well-known name are about. */
final class ConceptName {
  private ConceptName() {}

  /** The name with its meaning, where that is known. */
  static String of(String concept) {
    String meaning = meaning(concept);
    return meaning.isEmpty() ? concept : concept + ": " + meaning;
  }

  private static String meaning(String concept) {
    if (concept.startsWith("feats:")) {
      return "morphological feature " + concept.substring(concept.indexOf(':') + 1);
    }
    return switch (concept) {
      case "upos" -> "part of speech, universal tags";
      case "xpos" -> "part of speech, the corpus' own tags";
      case "deprel" -> "syntactic role of a word";
      default -> "";
    };
  }
}
