package io.salient.ranking.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.ranking.view.RunView;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultStreamTest {
  private final ResultStream results = ResultFeed.view();

  @Test
  void shouldKnowRunsStepsAndConcepts() {
    // when
    ResultFeed.feed(
        results,
        Probes.atStep(0),
        Probes.atStep(20),
        Probes.atStep(20).ofConcept("xpos").seen(0.5f),
        Probes.atStep(0).ofRun("another"));

    // then
    assertThat(results.runs()).extracting(RunView::run).containsExactly("another", "run");
    RunView run = results.run("run").orElseThrow();
    assertThat(run.concepts()).containsExactly("upos", "xpos");
    assertThat(run.baselineStep()).isZero();
    assertThat(run.steps()).extracting(RunView.Step::step).containsExactly(0L, 20L);
    assertThat(run.steps()).extracting(RunView.Step::stage).containsExactly("RANKED", "FITTING");
    assertThat(results.run("nobody")).isEmpty();
    assertThat(results.neurons("run", "upos", 20)).isPresent();
    assertThat(results.neurons("run", "upos", 21)).isEmpty();
    assertThat(results.drift("run", "upos")).hasSize(2);
    assertThat(results.drift("run", "upos", 20))
        .extracting(NeuronDrift::getAgainst)
        .containsExactly(DriftAgainst.BASELINE, DriftAgainst.PREVIOUS);
  }

  @Test
  void shouldCallAStepRankedWhenAllItsConceptsAreFinal() {
    // given
    Probes upos = Probes.atStep(20);
    Probes xpos = upos.ofConcept("xpos");
    var status = upos.status(Stage.FITTING, 1);
    status.setConcepts(List.of("upos", "xpos"));
    ResultFeed.feed(results, status);
    assertThat(results.ranked("run", 20)).isFalse();

    // when
    ResultFeed.feed(results, upos, xpos.seen(0.5f));

    // then
    assertThat(results.ranked("run", 20)).isFalse();
    assertThat(results.run("run").orElseThrow().steps().getFirst().stage()).isEqualTo("FITTING");

    // when
    ResultFeed.feed(results, xpos);

    // then
    assertThat(results.ranked("run", 20)).isTrue();
    assertThat(results.run("run").orElseThrow().steps().getFirst().stage()).isEqualTo("RANKED");
  }

  @Test // F18
  void shouldNotCallAResavedStepRankedByItsOldResults() {
    // given
    ResultFeed.feed(results, Probes.atStep(20).ofCheckpoint("old"));

    // when
    ResultFeed.feed(results, Probes.atStep(20).ofCheckpoint("new").status(Stage.EXTRACTING, 5));

    // then
    assertThat(results.ranked("run", 20)).isFalse();
  }

  @Test
  void shouldTellListenersOfChangedKeysAndOfAStatusThatMayBeRankedNow() {
    // given
    List<String> changed = new ArrayList<>();
    results.onChange(key -> changed.add(key.text()));
    results.onChange(
        key -> {
          throw new IllegalStateException("a listener that fails");
        });

    // when
    ResultFeed.feed(results, Probes.atStep(20).status(Stage.FITTING, 1));
    ResultFeed.feed(results, Probes.atStep(20));

    // then
    assertThat(changed)
        .containsExactly("run/-/20/status", "run/upos/20/neurons", "run/-/20/status");
  }

  @Test
  void shouldForgetWhatIsRemoved() {
    // given
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));

    // when
    ResultFeed.feed(results, "run/upos/20/drift-baseline", null);

    // then
    assertThat(results.drift("run", "upos", 20)).hasSize(1);
  }

  @Test // I16
  void shouldSkipWhatItCannotRead() {
    // given
    ResultFeed.feed(results, Probes.atStep(0));
    byte[] status = status(Probes.atStep(0));

    // when
    ResultFeed.feed(results, "run/upos/0/neurons", new byte[] {1, 2, 3});
    ResultFeed.feed(results, "run/upos/0/neurons", status);
    ResultFeed.feed(results, "run/upos/x/neurons", status);
    ResultFeed.feed(results, "nonsense", status);
    ResultFeed.feed(results, null, status);

    // then
    assertThat(results.skipped()).isEqualTo(5);
    assertThat(results.neurons("run", "upos", 0)).isPresent();
  }

  @Test
  void shouldLetTheRunsLongestUnchangedGoWhenFull() {
    // given
    long room = 100_000;
    ResultStream small = new ResultStream(room, true);

    // when
    for (int run = 0; run < 200; run++) {
      ResultFeed.feed(small, Probes.atStep(0).ofRun("run" + run));
    }

    // then
    assertThat(small.bytes()).isPositive().isLessThanOrEqualTo(room);
    assertThat(small.evicted()).isPositive();
    assertThat(small.run("run0")).isEmpty();
    assertThat(small.run("run199")).isPresent();
  }

  @Test
  void shouldLetTheFirstRankingsOfARunGoThatIsAlone() {
    // given
    ResultStream small = new ResultStream(20_000, true);

    // when
    for (int step = 0; step < 100; step++) {
      ResultFeed.feed(small, Probes.atStep(step));
    }

    // then
    assertThat(small.bytes()).isLessThanOrEqualTo(20_000);
    assertThat(small.neurons("run", "upos", 0)).isEmpty();
    assertThat(small.neurons("run", "upos", 99)).isPresent();
  }

  private static byte[] status(Probes fit) {
    return io.salient.schemas.TopicSerdes.results().encode(fit.status(Stage.FITTING, 1));
  }

  @Test
  void shouldReadItsKeys() {
    ResultKey key = new ResultKey("my run", "feat=Tense", 20, ResultKey.Kind.DRIFT_PREVIOUS);
    assertThat(ResultKeys.parse(key.text())).contains(key);
    assertThat(ResultKeys.parse("a/b/1/unheard-of")).isEmpty();
  }
}
