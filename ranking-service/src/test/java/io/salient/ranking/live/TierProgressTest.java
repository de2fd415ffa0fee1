package io.salient.ranking.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.ranking.topology.RankingDriver;
import io.salient.ranking.view.TierView;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A step is ranked first and evaluated later, and a ranking is completed when its evaluation is
 * there.
 */
class TierProgressTest {
  private final ResultStream results = ResultFeed.view();
  private final Probes fit = Probes.atStep(20);

  @Test
  void shouldBeRankedFirstAndEvaluatedWhenStatusAndRecordAreThere() {
    // given
    ResultFeed.feed(results, status(Stage.FITTING, TierState.WAITING, TierState.WAITING));
    assertThat(stage()).isEqualTo("FITTING");

    // when, then: the probes are final, their ranking is not there
    ResultFeed.feed(results, status(Stage.RANKED, TierState.RUNNING, TierState.WAITING));
    assertThat(stage()).isEqualTo("FITTING");

    ResultFeed.feed(results, this::rank);
    assertThat(stage()).isEqualTo("RANKED");
    assertThat(results.ranked("run", 20)).isTrue();
    assertThat(results.ended("run", 20, Set.of("noise"))).isFalse();

    ResultFeed.feed(results, status(Stage.RANKED, TierState.FAILED, TierState.RUNNING));
    assertThat(results.ended("run", 20, Set.of("noise"))).isTrue();
    assertThat(results.evaluated("run", 20)).isFalse();

    ResultFeed.feed(results, status(Stage.RANKED, TierState.FAILED, TierState.DONE));
    assertThat(results.evaluated("run", 20)).as("its record is on its way").isFalse();

    ResultFeed.feed(results, driver -> driver.send(fit.key(), fit.evaluation()));
    assertThat(results.evaluated("run", 20)).isTrue();
    assertThat(stage()).isEqualTo("EVALUATED");
  }

  @Test
  void shouldTellThatAStepMayBeEvaluatedNow() {
    ResultFeed.feed(results, status(Stage.RANKED, TierState.DONE, TierState.DONE));
    ResultFeed.feed(results, this::rank);
    List<ResultKey> told = new ArrayList<>();
    results.onChange(told::add);

    ResultFeed.feed(results, driver -> driver.send(fit.key(), fit.evaluation()));

    assertThat(told)
        .extracting(ResultKey::kind)
        .containsExactly(ResultKey.Kind.EVALUATION, ResultKey.Kind.STATUS);
  }

  @Test
  void shouldCompleteARankingWhicheverCameFirst() {
    ResultFeed.feed(results, this::rank);
    assertThat(neurons().getReport().getTiers()).containsExactly("evaluation");
    assertThat(neurons().getReport().getEvaluations()).isNull();

    ResultFeed.feed(results, driver -> driver.send(fit.key(), fit.evaluation()));
    SalientNeurons after = neurons();

    ResultStream other = ResultFeed.view();
    ResultFeed.feed(other, driver -> driver.send(fit.key(), fit.evaluation()));
    ResultFeed.feed(other, this::rank);

    assertThat(after.getReport().getTiers()).isEmpty();
    assertThat(after.getReport().getEvaluations()).isEqualTo(fit.evaluation().getEvaluations());
    assertThat(after.getReport().getNotes()).contains("there is no minimal set");
    assertThat(other.neurons("run", "upos", 20)).contains(after);
  }

  @Test
  void shouldNotCompleteARankingByTheEvaluationOfOtherWeights() {
    Probes old = fit.ofCheckpoint("old").announced(1);
    ResultFeed.feed(results, driver -> driver.send(old.key(), old.evaluation()));
    ResultFeed.feed(results, this::rank);

    assertThat(neurons().getReport().getEvaluations()).isNull();
  }

  /** Statuses of a version without tiers tell nothing of them. */
  @Test
  void shouldNeverCallAStepEvaluatedThatAnOldVersionRanked() {
    ResultFeed.feed(results, fit);
    ResultFeed.feed(results, fit.status(Stage.FITTING, 10));

    assertThat(stage()).isEqualTo("RANKED");
    assertThat(results.ended("run", 20, Set.of("noise", "evaluation"))).isTrue();
  }

  @Test
  void shouldShowTheTiers() {
    ResultFeed.feed(results, status(Stage.RANKED, TierState.RUNNING, TierState.WAITING));

    assertThat(results.run("run").orElseThrow().steps().getFirst().tiers())
        .containsExactly(
            new TierView("noise", "RUNNING", 35, 12.5, null, null),
            new TierView("evaluation", "WAITING", 35, 12.5, null, null));
  }

  /** A status is sent when a fit begins or ends: early rankings come between. */
  @Test
  void shouldShowThatAnEarlyRankingIsThere() {
    // given
    ResultFeed.feed(results, early(fit.status(Stage.EXTRACTING, 10)));
    List<ResultKey> told = new ArrayList<>();
    results.onChange(told::add);

    // when, then: of some rows
    ResultFeed.feed(results, driver -> driver.send(fit.key(), fit.seen(0.25f).earlyWarning()));
    assertThat(earlyTier()).isEqualTo(new TierView("early", "WAITING", 0, null, null, 0.25f));
    assertThat(told)
        .extracting(ResultKey::kind)
        .containsExactly(ResultKey.Kind.EARLY_WARNING, ResultKey.Kind.STATUS);

    // when, then: of all
    ResultFeed.feed(results, driver -> driver.send(fit.key(), fit.earlyWarning()));
    assertThat(earlyTier()).isEqualTo(new TierView("early", "DONE", 0, null, null, 1f));
  }

  @Test
  void shouldNotTakeTheEarlyRankingOfOtherWeightsForItsOwn() {
    Probes other = fit.ofCheckpoint("other");
    ResultFeed.feed(results, early(fit.status(Stage.EXTRACTING, 10)));
    ResultFeed.feed(results, driver -> driver.send(other.key(), other.earlyWarning()));

    assertThat(earlyTier()).isEqualTo(new TierView("early", "WAITING", 0, null, null, null));
  }

  private static RunStatus early(RunStatus status) {
    TierStatus waits = TierStatus.newBuilder().setTier("early").setState(TierState.WAITING).build();
    return RunStatus.newBuilder(status).setTiers(List.of(waits)).build();
  }

  private TierView earlyTier() {
    return results.run("run").orElseThrow().steps().getFirst().tiers().getFirst();
  }

  private void rank(RankingDriver driver) {
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    driver.send(fit.key(), fit.awaitingEvaluation());
  }

  private SalientNeurons neurons() {
    return results.neurons("run", "upos", 20).orElseThrow();
  }

  private String stage() {
    return results.run("run").orElseThrow().steps().getFirst().stage();
  }

  private RunStatus status(Stage stage, TierState... states) {
    List<String> names = List.of("noise", "evaluation");
    return RunStatus.newBuilder(fit.status(stage, 10))
        .setTiers(
            Arrays.stream(new int[] {0, 1})
                .mapToObj(
                    i ->
                        TierStatus.newBuilder()
                            .setTier(names.get(i))
                            .setState(states[i])
                            .setPercent(35)
                            .setEstimatedSeconds(12.5)
                            .build())
                .toList())
        .build();
  }
}
