package io.salient.standalone.command;

import io.salient.ranking.view.RankView;
import io.salient.standalone.report.markup.Numbers;

/** How far another half of the corpus finds a ranking, for people. */
final class Reproduced {
  private Reproduced() {}

  /** One sentence: the share, or why it is not known. */
  static String inWords(RankView.Concept concept) {
    if (concept.neurons().reproducibility() != null) {
      return "another half of the corpus finds %s of this list"
          .formatted(Numbers.plain(concept.neurons().reproducibility(), 2));
    }
    return concept.neurons().reproducibilityReason() == null
        ? "how much of this list another half of the corpus finds is not known"
        : "how much of this list another half of the corpus finds is not known: "
            + concept.neurons().reproducibilityReason();
  }
}
