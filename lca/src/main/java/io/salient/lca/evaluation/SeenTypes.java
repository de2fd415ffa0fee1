package io.salient.lca.evaluation;

import io.salient.lca.Split;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.ConceptLabels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Test words whose type is among the train words of a concept. */
final class SeenTypes {
  private final EvaluationData data;
  private final Set<String> types;

  private SeenTypes(EvaluationData data, Set<String> types) {
    this.data = data;
    this.types = types;
  }

  /** Of the words that have a label. */
  static SeenTypes of(ConceptLabels concept, EvaluationData data) {
    return new SeenTypes(
        data,
        Arrays.stream(data.rowsOf(Split.TRAIN))
            .filter(row -> concept.codes()[row] >= 0)
            .mapToObj(data.words())
            .collect(Collectors.toCollection(HashSet::new)));
  }

  /**
   * How well a probe and its control tasks do on them; empty where there is none.
   *
   * @param own what the probe says of test words
   * @param controls what those of the control tasks say, one at least
   */
  Optional<Selectivity.OnSeenTypes> measure(Answers own, List<Answers> controls) {
    int words = (int) Arrays.stream(own.words()).filter(this::isSeen).count();
    return words == 0
        ? Optional.empty()
        : Optional.of(
            new Selectivity.OnSeenTypes(
                words,
                (double) right(own) / words,
                controls.stream().mapToInt(this::right).average().orElseThrow() / words));
  }

  private boolean isSeen(int row) {
    return types.contains(data.words().apply(row));
  }

  private int right(Answers answers) {
    int right = 0;
    for (int i = 0; i < answers.words().length; i++) {
      boolean correct = answers.labels()[i] == answers.said()[i];
      right += correct && isSeen(answers.words()[i]) ? 1 : 0;
    }
    return right;
  }
}
