package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.FitCertificate;
import io.salient.schemas.avro.SalientNeurons;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Class probes wait for one another and for their report; provisional ones make way. */
class ProbeCollectionTest {
  private final RankingDriver driver = new RankingDriver(5);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldNotDependOnTheOrderOfProbesAndReport() {
    // given
    Probes fit = Probes.atStep(20);
    driver.send(fit);
    byte[] expected = driver.results().get(RankingDriver.key(20, Kind.NEURONS));
    Random random = new Random(3);

    for (int round = 0; round < 10; round++) {
      try (RankingDriver other = new RankingDriver(5)) {
        // when
        List<SpecificRecord> records = new ArrayList<>(fit.records());
        Collections.shuffle(records, random);
        records.forEach(record -> other.send(fit.key(), record));

        // then
        assertThat(other.results().get(RankingDriver.key(20, Kind.NEURONS))).isEqualTo(expected);
        assertThat(other.collected()).isZero();
      }
    }
  }

  @Test
  void shouldWaitForEveryLabelWithTrainWords() {
    // given
    Probes fit = Probes.atStep(20);

    // when
    driver.send(fit.key(), fit.classProbe(0));
    driver.send(fit.key(), fit.report());
    driver.send(fit.key(), fit.classProbe(2));

    // then
    assertThat(driver.results()).isEmpty();
    assertThat(driver.collected()).isEqualTo(3);
  }

  @Test
  void shouldNotWaitForLabelsWithoutTrainWords() {
    // given
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), fit.classProbe(0));
    driver.send(fit.key(), fit.classProbe(1));

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setLabels(List.of(Probes.label("A", 30), Probes.label("B", 30), Probes.label("C", 0)))
            .build());

    // then
    assertThat(driver.neurons(20).getPerLabel()).hasSize(2);
  }

  /** I15: a concept of one label has train words, yet there is no probe that could come. */
  @Test
  void shouldNotWaitForProbesWhereNothingCouldBeFitted() {
    // given
    Probes fit = Probes.atStep(20);
    String why = "concept upos has only the label A among its train words";

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setCertificate(new FitCertificate(0.0, 0.0, 0, false, null))
            .setNotes(List.of(why))
            .build());

    // then
    assertThat(driver.neurons(20).getReport().getFinal$()).isTrue();
    assertThat(driver.neurons(20).getReport().getNotes()).containsExactly(why);
    assertThat(driver.neurons(20).getRanking()).isEmpty();
    assertThat(driver.neurons(20).getPerLabel()).isEmpty();
    assertThat(driver.collected()).isZero();
  }

  @Test
  void shouldWaitForScoresOfAMethodThatFitsNothing() {
    // given
    Probes fit = Probes.atStep(20);

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setMethod("gaussian")
            .setCertificate(new FitCertificate(0.0, 0.0, 0, true, null))
            .build());

    // then
    assertThat(driver.results()).isEmpty();
    assertThat(driver.collected()).isEqualTo(1);
  }

  @Test
  void shouldReplaceProvisionalResultsAndIgnoreLateOnes() {
    // given
    Probes last = Probes.atStep(20);

    // when
    driver.send(last.seen(0.25f));

    // then
    assertThat(driver.neurons(20).getReport().getFinal$()).isFalse();
    assertThat(driver.neurons(20).getReport().getCoverage()).isEqualTo(0.25f);

    // when
    driver.send(last).send(last.seen(0.5f));

    // then
    assertThat(driver.neurons(20).getReport().getFinal$()).isTrue();
    assertThat(driver.superseded).isEqualTo(1);
  }

  @Test
  void shouldForgetTheWaitingProbesOfLowerCoverage() {
    // given: a provisional fit that was never completed
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), fit.seen(0.25f).classProbe(0));

    // when
    driver.send(fit);

    // then
    assertThat(driver.collected()).isZero();
  }

  @Test
  void shouldForgetWhatIsNeverCompleted() {
    // given: one probe without its report
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), fit.classProbe(0));

    // when: two hours of stream time pass
    Probes later = Probes.atStep(60);
    driver.sendAt(Probes.START.plusSeconds(7_200), later.key(), later.classProbe(0));

    // then
    assertThat(driver.forgotten).isEqualTo(1);
    assertThat(driver.collected()).isEqualTo(1);
  }

  @Test
  void shouldRenewTheReportWhenItComesAgainWithoutItsProbes() {
    // given: the baseline is ranked last, so that transfer is known only then
    Probes fit = Probes.atStep(20);
    driver.send(fit).send(Probes.atStep(0));
    SalientNeurons before = driver.neurons(20);

    // when
    driver.send(
        fit.key(), fit.reportBuilder().setTransferAccuracy(0.6).setTransferFrom("id0").build());

    // then
    assertThat(driver.neurons(20).getReport().getTransferAccuracy()).isEqualTo(0.6);
    assertThat(driver.neurons(20).getRanking()).isEqualTo(before.getRanking());
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getTransferAccuracy()).isEqualTo(0.6);
  }
}
