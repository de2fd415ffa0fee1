package io.salient.ranking.api;

import static io.salient.ranking.topology.GivenHalves.HERE;
import static io.salient.ranking.topology.GivenHalves.TURNED;
import static io.salient.ranking.topology.GivenHalves.replicates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.TruncatedOverlap;
import io.salient.ranking.Probes;
import io.salient.ranking.topology.RankingDriver;
import io.salient.ranking.view.SeedsView;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.security.http.ProblemException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs of one baseline, by halves that are given. */
class SeedsTest {
  private static final List<String> RUNS = List.of("a", "b", "c");

  private final RankingDriver driver = new RankingDriver();
  private final Comparisons comparisons = new Comparisons(driver::kept);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldTellWhatTrainingDoesFromWhatTheSeedDoes() {
    // given: all runs come to the same list, another than the baseline's
    RUNS.forEach(run -> send(run, TURNED));

    // when
    SeedsView view = comparisons.seeds(RUNS, "upos", OptionalLong.empty());

    // then
    double across =
        TruncatedOverlap.ofFirst(4).similarity(new int[] {0, 1, 2, 3}, new int[] {3, 2, 1, 0});
    assertThat(view.concept()).isEqualTo("upos");
    assertThat(view.baselineCheckpoint()).isEqualTo("id0");
    assertThat(view.reproducibility()).isEqualTo(1);
    assertThat(view.splits()).isEqualTo(3);
    assertThat(view.k()).isEqualTo(4);
    assertThat(view.runs())
        .containsExactlyElementsOf(
            RUNS.stream().map(run -> new SeedsView.Run(run, 40, "id40", 1.0, across)).toList());
    assertThat(view.train().rho()).isCloseTo(across, within(1e-12));
    assertThat(view.train().lower()).isCloseTo(across, within(1e-9));
    assertThat(view.seed().rho()).isEqualTo(1);
    assertThat(view.reason()).isNull();
  }

  @Test
  void shouldGiveNoLimitsOfTwoRunsAndSayWhy() {
    RUNS.forEach(run -> send(run, TURNED));

    SeedsView view = comparisons.seeds(List.of("a", "b"), "upos", OptionalLong.of(20));

    assertThat(view.runs()).extracting(SeedsView.Run::step).containsOnly(20L);
    assertThat(view.seed().rho()).isEqualTo(1);
    assertThat(view.seed().lower()).isNull();
    assertThat(view.reason()).isEqualTo("2 runs have no limits: compare 3 or more");
  }

  @Test
  void shouldSayWhyNothingCanBeTold() {
    // given: the halves of one run did not reach their gap
    RUNS.forEach(run -> send(run, TURNED));
    driver.send("b/upos", of("b", replicates(40, TURNED, false)));

    SeedsView view = comparisons.seeds(RUNS, "upos", OptionalLong.empty());

    assertThat(view.train()).isNull();
    assertThat(view.seed()).isNull();
    assertThat(view.reason())
        .startsWith("run b, step 40: ")
        .contains("salient.probe.max-evaluations");
  }

  @Test
  void shouldRefuseRunsThatSetOutFromDifferentWeights() {
    RUNS.forEach(run -> send(run, TURNED));
    driver.send(Probes.atStep(0).ofRun("other").ofCheckpoint("elsewhere"));
    driver.send(Probes.atStep(40).ofRun("other"));

    assertThatThrownBy(() -> comparisons.seeds(List.of("a", "other"), "upos", OptionalLong.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().status()).isEqualTo(400))
        .hasMessageContaining(
            "different weights: the baseline of a is step 0 (id0), that of other step 0"
                + " (elsewhere)");
  }

  @Test
  void shouldRefuseRunsOnDifferentCorpora() {
    RUNS.forEach(run -> send(run, TURNED));
    Probes last = Probes.atStep(60).ofRun("a");
    driver.send(last).send(Probes.atStep(60).ofRun("b"));
    Provenance corpus = Provenance.newBuilder(last.provenance()).setCorpusHash("another").build();
    driver.send(last.key(), ProbeReport.newBuilder(last.report()).setProvenance(corpus).build());

    assertThatThrownBy(() -> comparisons.seeds(List.of("a", "b"), "upos", OptionalLong.empty()))
        .hasMessageContaining("The corpora differ");
  }

  @Test
  void shouldSayWhatIsNotRanked() {
    RUNS.forEach(run -> send(run, TURNED));
    driver.send(Probes.atStep(0).ofRun("young"));

    assertNotThere("No ranking of upos at the baseline of run nobody", List.of("a", "nobody"));
    assertNotThere("at a common step after their baseline", List.of("a", "young"));
    assertThatThrownBy(() -> comparisons.seeds(RUNS, "upos", OptionalLong.of(30)))
        .hasMessageContaining("No ranking of upos at step 30 of run a");
  }

  private void assertNotThere(String detail, List<String> runs) {
    assertThatThrownBy(() -> comparisons.seeds(runs, "upos", OptionalLong.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().status()).isEqualTo(404))
        .hasMessageContaining(detail);
  }

  /** A run of steps 0, 20 and 40. */
  private void send(String run, List<Integer> list) {
    for (long step : new long[] {0, 20, 40}) {
      driver.send(run + "/upos", of(run, replicates(step, step == 0 ? HERE : list, true)));
      driver.send(Probes.atStep(step).ofRun(run));
    }
  }

  private static ReplicateRankings of(String run, ReplicateRankings halves) {
    return ReplicateRankings.newBuilder(halves).setRun(run).build();
  }
}
