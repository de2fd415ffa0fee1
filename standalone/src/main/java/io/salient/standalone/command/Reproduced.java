package io.salient.standalone.command;

import io.salient.ranking.api.RankView;
import java.util.Locale;

/** How far another half of the corpus finds a ranking, for people. */
final class Reproduced {
  private Reproduced() {}

  /** One sentence: the share, or why it is not known. */
  static String inWords(RankView.Concept concept) {
    if (concept.reproducibility() != null) {
      return String.format(
          Locale.ROOT,
          "another half of the corpus finds %.2f of this list",
          concept.reproducibility());
    }
    return concept.reproducibilityReason() == null
        ? "how much of this list another half of the corpus finds is not known"
        : "how much of this list another half of the corpus finds is not known: "
            + concept.reproducibilityReason();
  }
}
