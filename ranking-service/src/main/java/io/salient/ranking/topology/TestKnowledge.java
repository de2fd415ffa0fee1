package io.salient.ranking.topology;

import io.salient.lca.drift.GroupScores;
import io.salient.lca.drift.Knowledge;
import io.salient.schemas.avro.LabelAnswers;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.TestGroups;
import java.util.List;
import java.util.Optional;

/**
 * What became of what one checkpoint's probe knew, by the answers of both on the same test words.
 *
 * @param was answers of the one
 * @param is those of the other
 * @param applied whether the transfer figures of the other are those of the very probe of the one
 */
record TestKnowledge(TestGroups was, TestGroups is, boolean applied) {
  /** Empty unless both are final and their probes were asked about the same words. */
  static Optional<TestKnowledge> between(ProbeReport before, ProbeReport after, boolean applied) {
    TestGroups was = before.getTestGroups();
    TestGroups is = after.getTestGroups();
    boolean same =
        was != null
            && is != null
            && was.getSentences().equals(is.getSentences())
            && was.getWords().equals(is.getWords());
    return same && before.getFinal$() && after.getFinal$()
        ? Optional.of(new TestKnowledge(was, is, applied))
        : Optional.empty();
  }

  /** Of all labels together, by right answers. */
  Knowledge overall() {
    Optional<int[]> transferred =
        applied && !is.getTransferRight().isEmpty()
            ? Optional.of(ints(is.getTransferRight()))
            : Optional.empty();
    return Knowledge.of(
        GroupScores.ofWords(
            ints(was.getRight()), ints(is.getRight()), transferred, ints(was.getMajority())));
  }

  int groups() {
    return is.getWords().size();
  }

  /**
   * Of one label, by F1; empty where its answers are not known, as in records of versions before.
   */
  Optional<Knowledge> ofLabel(int label) {
    Optional<LabelAnswers> before = answers(was, label);
    Optional<LabelAnswers> after = answers(is, label);
    if (before.isEmpty()
        || after.isEmpty()
        || was.getLabelGroupSize() != is.getLabelGroupSize()
        || !before.get().getPresent().equals(after.get().getPresent())) {
      return Optional.empty();
    }
    LabelAnswers here = after.get();
    Optional<GroupScores.Answers> transferred =
        applied && !here.getTransferRight().isEmpty()
            ? Optional.of(answers(here.getTransferRight(), here.getTransferSaid()))
            : Optional.empty();
    return Optional.of(
        Knowledge.of(
            GroupScores.ofLabel(
                ints(here.getPresent()),
                labelWords(),
                answers(before.get().getRight(), before.get().getSaid()),
                answers(here.getRight(), here.getSaid()),
                transferred)));
  }

  /** Groups of a label, of which several of all words may be one. */
  int labelGroups() {
    return labelWords().length;
  }

  private int[] labelWords() {
    int size = is.getLabelGroupSize();
    int[] words = new int[Math.ceilDiv(groups(), size)];
    for (int group = 0; group < groups(); group++) {
      words[group / size] += is.getWords().get(group);
    }
    return words;
  }

  private static Optional<LabelAnswers> answers(TestGroups groups, int label) {
    return groups.getLabels().stream().filter(of -> of.getLabel() == label).findFirst();
  }

  private static GroupScores.Answers answers(List<Integer> right, List<Integer> said) {
    return new GroupScores.Answers(ints(right), ints(said));
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
