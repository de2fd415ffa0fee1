package io.salient.ranking.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.RunOverview;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import org.junit.jupiter.api.Test;

/** A run in short, and what changes in it. */
class RunOverviewTest {
  private static final ResultKey NEURONS = new ResultKey("run", "upos", 20, ResultKey.Kind.NEURONS);

  private final ResultStream results = ResultFeed.view();

  @Test
  void shouldShowARunOfWhichOnlyAnEarlyRankingIsKnown() {
    Probes fit = Probes.atStep(20);
    ResultFeed.feed(results, driver -> driver.send(fit.key(), fit.earlyWarning()));

    RunOverview run = results.overview("run").orElseThrow();
    assertThat(run.checkpoints()).isEmpty();
    assertThat(run.concepts().getFirst().early().step()).isEqualTo(20);
    assertThat(results.summaries()).containsExactly(new RunOverview.Summary("run", 0, null, null));
  }

  @Test
  void shouldSayInShortHowFarEachRunIs() {
    // given: ranked at two steps, told of at one of them and at a third
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));
    RunStatus told = Probes.atStep(20).status(Stage.RANKED, 1);
    ResultFeed.feed(results, told);
    RunStatus later = Probes.atStep(40).status(Stage.EXTRACTING, 1);
    later.setAt(told.getAt().plusSeconds(5));
    ResultFeed.feed(results, later);
    ResultFeed.feed(results, Probes.atStep(0).ofRun("other"));

    // then
    assertThat(results.summaries())
        .containsExactly(
            new RunOverview.Summary("other", 1, 0L, null),
            new RunOverview.Summary("run", 3, 40L, later.getAt()));
  }

  @Test
  void shouldMakeWhatChangedOnceForAllWhoListen() {
    // given
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));
    RunOverview.Change change = results.overviewChange(NEURONS);
    assertThat(results.overviewChange(NEURONS)).isSameAs(change);

    // when: something else changes
    ResultFeed.feed(results, NEURONS.text(), null);

    // then
    assertThat(results.overviewChange(NEURONS).concept().points()).isEmpty();
  }

  @Test
  void shouldShowAConceptThatIsBeingRanked() {
    ResultFeed.feed(results, Probes.atStep(0).status(Stage.EXTRACTING, 1));

    assertThat(results.overview("run").orElseThrow().concepts())
        .extracting(ConceptOverview::concept)
        .containsExactly("upos");
  }

  @Test
  void shouldTellOfTheStepThatChangedAlone() {
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));

    RunOverview.Change change = results.overviewChange(NEURONS);

    assertThat(change.step()).isEqualTo(20);
    assertThat(change.baselineStep()).isZero();
    assertThat(change.checkpoint()).isNull();
    assertThat(change.concept().points())
        .extracting(ConceptOverview.Point::step)
        .containsExactly(20L);
  }

  @Test
  void shouldTellOfWhatIsGone() {
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));
    ResultFeed.feed(results, NEURONS.text(), null);

    assertThat(results.overviewChange(NEURONS).concept().points()).isEmpty();
    ResultKey status = new ResultKey("run", ResultKey.NO_CONCEPT, 40, ResultKey.Kind.STATUS);
    assertThat(results.overviewChange(status).checkpoint()).isNull();
    assertThat(results.overview("nobody")).isEmpty();
  }
}
