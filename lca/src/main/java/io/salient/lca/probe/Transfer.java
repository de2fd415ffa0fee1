package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import io.salient.torch.TorchEngine;
import java.util.List;

/** A probe of one checkpoint applied, unchanged, to another one's activations. */
public final class Transfer {
  private Transfer() {}

  /**
   * Answers on the words of a part; the activations are standardised by their own train words.
   * Labels are matched by name: a word whose label the baseline does not know counts as wrong.
   *
   * @param seenRows corpus word indices whose rows are there, strictly ascending
   * @param part one of those of {@link Split}
   * @return of no words when no word of the part is labelled or there is nothing to standardise by
   * @throws IllegalArgumentException when arguments do not fit each other
   */
  public static Answers answers(
      Probe baseline,
      ActivationMatrix x,
      int[] seenRows,
      Split split,
      byte part,
      ConceptLabels labels,
      FitSettings settings) {
    ProbeFit.check(x, seenRows, split, List.of(labels));
    if (baseline.width() != x.width()) {
      throw new IllegalArgumentException(
          "a probe of %d neurons for activations of %d".formatted(baseline.width(), x.width()));
    }
    int[] train = split.rowsOf(Split.TRAIN, seenRows);
    int[] asked = split.rowsOf(part, seenRows);
    if (train.length == 0 || asked.length == 0) {
      return Answers.NONE;
    }
    TorchEngine.onThisThread();
    Standardizer standardizer =
        settings.standardize() ? Standardizer.fit(x, train) : Standardizer.identity(x.width());
    int[] said = Predictions.of(List.of(baseline), x, standardizer, asked, done -> {})[0];
    for (int i = 0; i < said.length; i++) {
      said[i] = said[i] < 0 ? -1 : labels.labels().indexOf(baseline.labels().get(said[i]));
    }
    return Measurement.answers(labels, asked, said);
  }

  /** The same on the test words. */
  public static Answers answers(
      Probe baseline,
      ActivationMatrix x,
      int[] seenRows,
      Split split,
      ConceptLabels labels,
      FitSettings settings) {
    return answers(baseline, x, seenRows, split, Split.TEST, labels, settings);
  }
}
