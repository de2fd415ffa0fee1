package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.LayerMap;
import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.lca.drift.RankingChange.Reason;
import io.salient.lca.drift.ReplicateHalves.Pair;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands in the way of a judgement, and in which order signals speak. */
class ConceptDriftTest {
  private static final LayerMap MAP = new LayerMap(4, 30);
  private static final List<String> LABELS = List.of("A", "B", "C");
  private static final HalfLists LISTS = ReferenceLists.sides(0, 2, 2, 0).before();
  private static final ReplicateHalves BASELINE = halves(LISTS, LISTS);
  private static final ReplicateHalves MOVED =
      halves(ReferenceLists.sides(60, 2, 2, 0).after(), LISTS);

  @Test
  void shouldSayStableOfTheSameHalvesWithWhatWasKnownKept() {
    ConceptDrift drift = ConceptDrift.between(BASELINE, BASELINE, knowledge(90, 90, 90));

    assertThat(drift.verdict()).contains(Verdict.STABLE);
    assertThat(drift.ranking().outcome()).isEqualTo(Outcome.STABLE);
    assertThat(drift.ranking().similarity().orElseThrow().distance()).isZero();
    assertThat(drift.place().orElseThrow().bySplit()).containsOnly(0);
    assertThat(drift.labels()).hasSize(3);
    assertThat(drift.labels()).allMatch(of -> of.ranking().outcome() == Outcome.STABLE);
  }

  @Test
  void shouldNotSayStableWhereWhatWasKnownIsNotKnownToBeKept() {
    assertThat(ConceptDrift.between(BASELINE, BASELINE, Optional.empty()).verdict())
        .contains(Verdict.UNDECIDED);
  }

  @Test
  void shouldSayTheFirstThatHolds() {
    assertThat(verdict(MOVED, knowledge(90, 25, 25))).contains(Verdict.FORGOTTEN);
    assertThat(verdict(MOVED, knowledge(90, 90, 40))).contains(Verdict.RE_ENCODED);
    assertThat(verdict(MOVED, knowledge(90, 70, 70))).contains(Verdict.WEAKENED);
    assertThat(verdict(MOVED, knowledge(90, 90, 90))).contains(Verdict.REORDERED);
    assertThat(verdict(MOVED, Optional.empty())).contains(Verdict.REORDERED);
    assertThat(verdict(elsewhere(), knowledge(90, 70, 40))).contains(Verdict.RELOCATED);
    assertThat(verdict(elsewhere(), knowledge(90, 25, 25))).contains(Verdict.FORGOTTEN);
  }

  private static Optional<Verdict> verdict(ReplicateHalves after, Optional<Knowledge> knowledge) {
    return ConceptDrift.between(BASELINE, after, knowledge).verdict();
  }

  @Test
  void shouldJudgeALabelWhateverTheConceptDoes() {
    // given: only label B moved
    ReplicateHalves after =
        new ReplicateHalves(
            MAP,
            LABELS,
            ReferenceLists.K,
            100,
            true,
            pairs(LISTS, LISTS, ReferenceLists.sides(60, 2, 2, 0).after(), LISTS));

    ConceptDrift drift = ConceptDrift.between(BASELINE, after, knowledge(90, 90, 90));

    assertThat(drift.verdict()).contains(Verdict.STABLE);
    assertThat(drift.labels().get(1).ranking().outcome()).isEqualTo(Outcome.MOVED);
    assertThat(drift.labels().get(0).ranking().outcome()).isEqualTo(Outcome.STABLE);
  }

  @Test
  void shouldSayThatALabelVanished() {
    // given
    HalfLists none = RankingChangeTest.emptied(LISTS, ReferenceLists.SPLITS);
    ReplicateHalves after =
        new ReplicateHalves(
            MAP, LABELS, ReferenceLists.K, 100, true, pairs(LISTS, none, LISTS, LISTS));

    // when
    ConceptDrift drift = ConceptDrift.between(BASELINE, after, Optional.empty());

    // then
    assertThat(drift.labels().getFirst().ranking().outcome()).isEqualTo(Outcome.MOVED);
    assertThat(drift.labels().getFirst().ranking().reason()).isEqualTo(Reason.VANISHED);
  }

  @Test
  void shouldGiveNoVerdictAndTheReason() {
    assertNone(Reason.PROVISIONAL, with(MAP, LABELS, 20, 100, false));
    assertNone(Reason.OTHER_LABELS, with(MAP, List.of("A", "B", "D"), 20, 100, true));
    assertNone(Reason.OTHER_DEPTH, with(MAP, LABELS, 21, 100, true));
    assertNone(Reason.FEW_SENTENCES, with(MAP, LABELS, 20, 49, true));
    assertNone(
        Reason.OTHER_SPLITS,
        new ReplicateHalves(MAP, LABELS, 20, 100, true, BASELINE.pairs().subList(0, 4)));
    HalfLists none = RankingChangeTest.emptied(LISTS, ReferenceLists.SPLITS);
    ReplicateHalves empty = halves(none, none);
    assertThat(ConceptDrift.between(empty, empty, Optional.empty()).ranking().reason())
        .isEqualTo(Reason.NOTHING_RANKED);
  }

  @Test
  void shouldGiveNoVerdictOnOneLabel() {
    // given: B and C have too few words
    List<Pair> pairs =
        BASELINE.pairs().stream()
            .map(pair -> new Pair(ofA(pair.first()), ofA(pair.second())))
            .toList();
    ReplicateHalves one = new ReplicateHalves(MAP, LABELS, 20, 100, true, pairs);

    assertThat(ConceptDrift.between(one, one, Optional.empty()).ranking().reason())
        .isEqualTo(Reason.ONE_LABEL);
  }

  private static HalfRanking ofA(HalfRanking half) {
    return new HalfRanking(half.overall(), new int[][] {half.labels()[0], null, null});
  }

  private static void assertNone(Reason reason, ReplicateHalves after) {
    ConceptDrift drift = ConceptDrift.between(BASELINE, after, knowledge(90, 25, 25));

    assertThat(drift.ranking().reason()).isEqualTo(reason);
    assertThat(drift.ranking().outcome()).isEqualTo(Outcome.NONE);
    assertThat(drift.verdict()).as("nothing but a reason, whatever was lost").isEmpty();
    assertThat(drift.labels()).isEmpty();
  }

  @Test
  void shouldCompareOtherWidthsByPlaceAndKnowledgeAlone() {
    // given: the same lists, in a model of other layers
    ReplicateHalves wider = with(new LayerMap(2, 60), LABELS, 20, 100, true);
    ReplicateHalves moved = with(new LayerMap(120, 1), LABELS, 20, 100, true);

    ConceptDrift same = ConceptDrift.between(BASELINE, wider, knowledge(90, 90, 90));
    ConceptDrift worse = ConceptDrift.between(BASELINE, wider, knowledge(90, 25, 25));

    assertThat(same.ranking().reason()).isEqualTo(Reason.OTHER_LAYERS);
    assertThat(same.place().orElseThrow().relative()).isTrue();
    assertThat(worse.verdict()).contains(Verdict.FORGOTTEN);
    assertThat(ConceptDrift.between(BASELINE, moved, Optional.empty()).place()).isPresent();
  }

  private static ReplicateHalves with(
      LayerMap map, List<String> labels, int k, int sentences, boolean certified) {
    return new ReplicateHalves(map, labels, k, sentences, certified, BASELINE.pairs());
  }

  /** Every neuron one layer further. */
  private static ReplicateHalves elsewhere() {
    List<int[]> first = LISTS.first().stream().map(ConceptDriftTest::further).toList();
    List<int[]> second = LISTS.second().stream().map(ConceptDriftTest::further).toList();
    return halves(new HalfLists(first, second), LISTS);
  }

  private static int[] further(int[] list) {
    return Arrays.stream(list)
        .map(neuron -> Math.min(neuron + 30, neuron % 30 + 90))
        .distinct()
        .toArray();
  }

  private static ReplicateHalves halves(HalfLists overall, HalfLists labels) {
    return new ReplicateHalves(
        MAP, LABELS, ReferenceLists.K, 100, true, pairs(overall, labels, labels, labels));
  }

  private static List<Pair> pairs(HalfLists overall, HalfLists... labels) {
    return IntStream.range(0, overall.splits())
        .mapToObj(
            m ->
                new Pair(
                    new HalfRanking(
                        overall.first().get(m),
                        Arrays.stream(labels).map(l -> l.first().get(m)).toArray(int[][]::new)),
                    new HalfRanking(
                        overall.second().get(m),
                        Arrays.stream(labels).map(l -> l.second().get(m)).toArray(int[][]::new))))
        .toList();
  }

  /** 20 groups of 100 words, of which the commonest label has 20. */
  private static Optional<Knowledge> knowledge(int before, int after, int transferred) {
    return Optional.of(
        Knowledge.of(
            GroupScores.ofWords(
                groups(before), groups(after), Optional.of(groups(transferred)), groups(20))));
  }

  private static int[] groups(int right) {
    return IntStream.range(0, 20).map(i -> right + i % 3 - 1).toArray();
  }
}
