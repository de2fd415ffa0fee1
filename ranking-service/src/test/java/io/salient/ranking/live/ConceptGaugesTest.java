package io.salient.ranking.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConceptGaugesTest {
  private static final int MOST = 3;

  private final ResultStream results = ResultFeed.view();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private ConceptGauges gauges;

  @BeforeEach
  void listen() {
    gauges = new ConceptGauges(results, registry, MOST);
    results.onChange(gauges::changed);
    gauges.begin();
  }

  private double value(String name) {
    return registry.get(name).tags("run", "run", "concept", "upos").gauge().value();
  }

  private List<String> verdicts() {
    return registry.find("salient.concept.verdict").gauges().stream()
        .map(gauge -> gauge.getId().getTag("verdict"))
        .toList();
  }

  private void judge(long step, Verdict verdict, double rho) {
    NeuronDrift drift = results.drift("run", "upos", step).getFirst();
    drift.setVerdict(verdict);
    drift.setNoisePending(false);
    drift.setJudgement(RankingJudgement.newBuilder().setRho(rho).build());
    ResultFeed.feed(
        results,
        new ResultKey("run", "upos", step, Kind.DRIFT_BASELINE).text(),
        TopicSerdes.results().encode(drift));
  }

  @Test
  void shouldShowTheLatestFiguresOfAConcept() {
    // when
    Probes later = Probes.atStep(20);
    ResultFeed.feed(results, Probes.atStep(0), later, Probes.atStep(60).seen(0.5f));
    ResultFeed.feed(results, driver -> driver.send(later.key(), later.evaluation()));

    // then: provisional rankings are not shown
    assertThat(value("salient.concept.step")).isEqualTo(20);
    assertThat(value("salient.concept.accuracy")).isEqualTo(0.88);
    assertThat(value("salient.concept.selectivity")).isEqualTo(0.38);
    assertThat(value("salient.concept.alarm")).isZero();
    assertThat(registry.find("salient.concept.similarity").gauge()).isNull();
    assertThat(verdicts()).isEmpty();
  }

  @Test
  void shouldHaveOneSeriesOfTheVerdictThatStands() {
    // given
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(20));

    // when
    judge(20, Verdict.STABLE, 0.97);
    // then
    assertThat(verdicts()).containsExactly("stable");

    // when
    ResultFeed.feed(results, Probes.atStep(0), Probes.atStep(60));
    judge(60, Verdict.FORGOTTEN, 0.4);
    // then
    assertThat(verdicts()).containsExactly("forgotten");
    assertThat(value("salient.concept.similarity")).isEqualTo(0.4);
    assertThat(value("salient.concept.verdict")).isEqualTo(1);
  }

  @Test
  void shouldNotGrowWithTheNumberOfRunsAndKeepTheNewest() {
    // when
    Probes[] runs =
        IntStream.range(0, 10)
            .mapToObj(run -> Probes.atStep(0).ofRun("run" + run))
            .toArray(Probes[]::new);
    ResultFeed.feed(results, runs);

    // then
    assertThat(registry.find("salient.concept.accuracy").gauges())
        .extracting(gauge -> gauge.getId().getTag("run"))
        .containsExactlyInAnyOrder("run7", "run8", "run9");
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .noneMatch(id -> "run0".equals(id.getTag("run")));
  }

  @Test
  void shouldForgetAConceptWhoseResultsAreGone() {
    // given
    ResultFeed.feed(results, Probes.atStep(0));
    Gauge accuracy = registry.get("salient.concept.accuracy").gauge();
    assertThat(accuracy.value()).isEqualTo(0.9);

    // when
    ResultFeed.feed(results, new ResultKey("run", "upos", 0, Kind.NEURONS).text(), null);

    // then
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void shouldShowNothingWhileResultsAreReadBackAndAllOfItThen() {
    // given
    ResultStream again = ResultFeed.view();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    ConceptGauges reading = new ConceptGauges(again, meters, MOST);
    again.onChange(reading::changed);

    // when
    Probes later = Probes.atStep(20);
    ResultFeed.feed(again, Probes.atStep(0), later);
    ResultFeed.feed(again, driver -> driver.send(later.key(), later.evaluation()));
    IntStream.range(0, 10)
        .forEach(run -> ResultFeed.feed(again, Probes.atStep(0).ofRun("run" + run)));
    // then
    assertThat(meters.getMeters()).isEmpty();

    // when
    ResultFeed.feed(again, driver -> driver.send(later.key(), later.evaluation()));
    reading.begin();
    // then: of no more concepts than have gauges, and those that changed last
    assertThat(meters.find("salient.concept.accuracy").gauges())
        .extracting(gauge -> gauge.getId().getTag("run"))
        .containsExactlyInAnyOrder("run8", "run9", "run");
    assertThat(meters.get("salient.concept.step").tags("run", "run").gauge().value()).isEqualTo(20);
    assertThat(meters.get("salient.concept.selectivity").gauge().value()).isEqualTo(0.38);
  }
}
