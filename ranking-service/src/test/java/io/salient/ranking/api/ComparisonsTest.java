package io.salient.ranking.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.ranking.Probes;
import io.salient.ranking.topology.RankingDriver;
import io.salient.ranking.view.CompareView;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.Provenance;
import io.salient.security.http.ProblemException;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private final RankingDriver driver = new RankingDriver();
  private final Comparisons comparisons = new Comparisons(driver::kept);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldCompareAnyTwoAtTheRequestedTop() {
    // given
    driver.send(Probes.atStep(0)).send(Probes.atStep(20)).send(Probes.atStep(60).ofRun("other"));

    // when
    CompareView view = comparisons.compare("run", 20, "other", 60, "upos", 3);

    // then
    assertThat(view.pair().top()).isEqualTo(3);
    assertThat(view.pair().checkpointA()).isEqualTo("id20");
    assertThat(view.pair().checkpointB()).isEqualTo("id60");
    assertThat(view.accuracies().accuracyA()).isEqualTo(0.88);
    assertThat(view.likeness().jaccardChance()).isEqualTo(3 / 21.0);
    assertThat(view.entered()).hasSameSizeAs(view.left());
    assertThat(view.entered()).allMatch(n -> n.rankA() > 3 && n.rankB() <= 3);
    assertThat(view.likeness().jaccard())
        .isEqualTo((3.0 - view.left().size()) / (3 + view.left().size()));
  }

  @Test
  void shouldFindNoDriftBetweenARankingAndItself() {
    // given
    driver.send(Probes.atStep(20));

    // when
    CompareView view = comparisons.compare("run", 20, "run", 20, "upos", 500);

    // then
    assertThat(view.likeness().jaccard()).isEqualTo(1);
    assertThat(view.likeness().rbo()).isEqualTo(1);
    assertThat(view.likeness().spearman()).isEqualTo(1);
    assertThat(view.likeness().wasserstein()).isZero();
    assertThat(view.entered()).isEmpty();
  }

  @Test
  void shouldSayWhichRankingIsNotThere() {
    driver.send(Probes.atStep(20));

    assertProblem(404, "step 21 of run run", "run", 20, "run", 21);
    assertProblem(404, "run nobody", "nobody", 20, "run", 20);
  }

  @Test
  void shouldRefuseWhatCannotBeCompared() {
    // given
    driver.send(Probes.atStep(20));
    Probes other = Probes.atStep(20).ofRun("other");
    Provenance corpus = other.provenance();
    corpus.setCorpusHash("another");
    send(other, other.reportBuilder().setProvenance(corpus).build());
    Probes cut = Probes.atStep(20).ofRun("cut");
    send(cut, cut.reportBuilder().setProvenance(subwords(cut, "5ca1e")).build());
    Probes uncut = Probes.atStep(20).ofRun("uncut");
    send(uncut, uncut.reportBuilder().setProvenance(subwords(uncut, "0dd")).build());
    Probes first = Probes.atStep(20).ofRun("first");
    Provenance aggregation = first.provenance();
    aggregation.setAggregation(Aggregation.FIRST);
    send(first, first.reportBuilder().setProvenance(aggregation).build());

    // then
    assertProblem(400, "The corpora differ: corpus.conllu (c0ffee)", "run", 20, "other", 20);
    assertProblem(400, "The tokenizers differ", "cut", 20, "uncut", 20);
    assertProblem(400, "The aggregations differ: LAST and FIRST", "run", 20, "first", 20);
    assertThat(comparisons.compare("run", 20, "cut", 20, "upos", 5).likeness().jaccard())
        .isEqualTo(1);
  }

  private static Provenance subwords(Probes fit, String hash) {
    return Provenance.newBuilder(fit.provenance()).setTokenizer(hash).build();
  }

  @Test
  void shouldSayThatWeightsWereNotReadTheSameWay() {
    // given
    send("plain", Map.of());
    send("half", Map.of("dtype", "bfloat16", "baseModel", "/models/a"));
    send("other", Map.of("dtype", "bfloat16", "baseModel", "/models/b"));
    send("untrained", Map.of("randomSeed", "7"));

    // then: compared all the same
    CompareView rounded = comparisons.compare("plain", 20, "half", 20, "upos", 5);
    assertThat(rounded.likeness().jaccard()).isEqualTo(1);
    assertThat(rounded.reading().weightsA()).isEmpty();
    assertThat(rounded.reading().weightsB()).containsEntry("baseModel", "/models/a");
    assertThat(rounded.reading().notes())
        .containsExactly(
            "A's linear layers were computed in float32, B's in bfloat16: a part of the difference"
                + " is rounding");
    assertThat(comparisons.compare("half", 20, "other", 20, "upos", 5).reading().notes())
        .containsExactly("the adapters have different base models: /models/a and /models/b");
    assertThat(comparisons.compare("untrained", 20, "plain", 20, "upos", 5).reading().notes())
        .containsExactly("A has random weights, of seed 7");
    assertThat(comparisons.compare("half", 20, "half", 20, "upos", 5).reading().notes()).isEmpty();
  }

  private void send(String run, Map<String, String> weights) {
    Probes fit = Probes.atStep(20).ofRun(run);
    Provenance read = Provenance.newBuilder(fit.provenance()).setWeights(weights).build();
    send(fit, fit.reportBuilder().setProvenance(read).build());
  }

  @Test
  void shouldCompareModelsOfDifferentSizesByRelativeLayerOnly() {
    // given
    driver.send(Probes.atStep(20));
    Probes deep = Probes.atStep(20).ofRun("deep");
    send(deep, deep.reportBuilder().setLayers(4).setHiddenSize(3).build());

    // when
    CompareView view = comparisons.compare("run", 20, "deep", 20, "upos", 5);

    // then
    assertThat(view.likeness().jaccard()).isNull();
    assertThat(view.entered()).isNull();
    assertThat(view.judged().verdict()).isNull();
    assertThat(view.judged().verdictReason()).contains("no halves of step 20");
    assertThat(view.relative().layersA()).isEqualTo(3);
    assertThat(view.relative().layersB()).isEqualTo(4);
    assertThat(view.relative().histogramB().stream().mapToInt(n -> n).sum()).isEqualTo(5);
    assertThat(view.relative().shift())
        .isEqualTo(view.relative().meanB() - view.relative().meanA());
    assertThat(view.relative().wasserstein())
        .isBetween(Math.abs(view.relative().shift()) - 1e-12, 1.0);
  }

  @Test
  void shouldCompareChosenLayersOnlyWithTheSameLayers() {
    // given: the second checkpoint's neurons are those of layers 0, 3 and 12
    driver.send(Probes.atStep(20));
    List<Integer> layers = List.of(0, 3, 12);
    Probes chosen = Probes.atStep(20).ofRun("chosen");
    send(chosen, chosen.reportBuilder().setLayerNumbers(layers).build());
    Probes later = Probes.atStep(60).ofRun("chosen");
    send(later, later.reportBuilder().setLayerNumbers(layers).build());

    // when
    CompareView view = comparisons.compare("chosen", 20, "chosen", 60, "upos", 5);

    // then
    assertThat(view.entered()).isNotEmpty().allMatch(n -> layers.contains(n.layer()));
    assertThat(view.entered()).anyMatch(n -> n.layer() > 2);
    assertProblem(400, "The layers differ: [0, 1, 2]", "run", 20, "chosen", 20);
  }

  @Test
  void shouldAskForPatienceWhileTheStoresMove() {
    Comparisons starting =
        new Comparisons(
            () -> {
              throw new InvalidStateStoreException("starting");
            });

    assertThatThrownBy(() -> starting.compare("a", 1, "b", 2, "upos", 5))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().status()).isEqualTo(503));
  }

  private void send(Probes fit, SpecificRecord report) {
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    driver.send(fit.key(), report);
  }

  private void assertProblem(
      int status, String detail, String runA, long stepA, String runB, long stepB) {
    assertThatThrownBy(() -> comparisons.compare(runA, stepA, runB, stepB, "upos", 5))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().status()).isEqualTo(status))
        .hasMessageContaining(detail);
  }
}
