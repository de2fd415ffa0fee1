package io.salient.lca.drift;

import io.salient.lca.drift.RankingChange.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is said of one concept between two checkpoints: every signal, and what they say together.
 *
 * @param ranking of all labels together
 * @param labels one entry per label that counts, in their order; empty where the two cannot be
 *     compared
 * @param place how far the first neurons moved through the layers; empty where that is unknown
 * @param knowledge what became of what was known; empty where that is unknown
 * @param verdict empty where there is none, which {@link RankingChange#reason} explains
 */
public record ConceptDrift(
    RankingChange ranking,
    List<LabelChange> labels,
    Optional<LayerDisplacement> place,
    Optional<Knowledge> knowledge,
    Optional<Verdict> verdict) {
  /**
   * What is said of one label.
   *
   * @param label its index
   * @param ranking its own list
   */
  public record LabelChange(int label, RankingChange ranking) {}

  /** Keeps a copy of the list. */
  public ConceptDrift {
    labels = List.copyOf(labels);
  }

  /**
   * Judges a checkpoint against another.
   *
   * @param knowledge by the test words; empty where the answers are not known
   */
  public static ConceptDrift between(
      ReplicateHalves before, ReplicateHalves after, Optional<Knowledge> knowledge) {
    Optional<Reason> problem = before.incomparableWith(after);
    RankingChange ranking =
        problem
            .map(RankingChange::none)
            .orElseGet(
                () ->
                    RankingChange.between(
                        before.overall(), after.overall(), TruncatedOverlap.ofFirst(before.k())));
    Optional<LayerDisplacement> place =
        problem.filter(reason -> reason != Reason.OTHER_LAYERS).isPresent()
            ? Optional.empty()
            : LayerDisplacement.between(
                before.overall(), before.layers(), after.overall(), after.layers());
    return new ConceptDrift(
        ranking,
        problem.isPresent() ? List.of() : labels(before, after),
        place,
        knowledge,
        Verdict.of(ranking, place, knowledge));
  }

  private static List<LabelChange> labels(ReplicateHalves before, ReplicateHalves after) {
    TruncatedOverlap overlap = TruncatedOverlap.ofFirst(before.k());
    int[] counted = before.counted();
    List<RankingChange> changes =
        LabelChanges.of(
            IntStream.of(counted)
                .mapToObj(
                    label ->
                        RankingChange.between(before.label(label), after.label(label), overlap))
                .toList());
    return IntStream.range(0, counted.length)
        .mapToObj(i -> new LabelChange(counted[i], changes.get(i)))
        .toList();
  }
}
