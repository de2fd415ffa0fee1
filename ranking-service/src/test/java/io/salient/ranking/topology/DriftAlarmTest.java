package io.salient.ranking.topology;

import static io.salient.ranking.topology.GivenHalves.HERE;
import static io.salient.ranking.topology.GivenHalves.TURNED;
import static io.salient.ranking.topology.GivenHalves.replicates;
import static io.salient.ranking.topology.GivenHalves.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The alarm of a concept, by what was judged of its steps. */
class DriftAlarmTest {
  private static final String KEY = "run/upos/-/alarm";

  private RankingDriver driver = new RankingDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldNotBeRaisedByOneStepThatMoved() {
    send(0, HERE);
    send(20, TURNED);
    send(40, HERE);
    send(60, TURNED);

    assertThat(alarm()).isNull();
  }

  @Test
  void shouldBeRaisedByTwoSuccessiveStepsAndClearedByTheNextThatDidNotMove() {
    // given
    send(0, HERE);
    send(20, TURNED);

    // when
    send(40, TURNED);

    // then
    DriftAlarm raised = alarm();
    assertThat(raised.getState()).isEqualTo(AlarmState.RAISED);
    assertThat(raised.getRun()).isEqualTo("run");
    assertThat(raised.getConcept()).isEqualTo("upos");
    assertThat(raised.getStep()).isEqualTo(40);
    assertThat(raised.getCheckpointId()).isEqualTo("id40");
    assertThat(raised.getBaselineStep()).isZero();
    assertThat(raised.getBaselineCheckpointId()).isEqualTo("id0");
    assertThat(raised.getSteps()).containsExactly(40L);
    assertThat(raised.getJudgement().getOutcome()).isEqualTo(Movement.MOVED);
    assertThat(raised.getVerdict()).isEqualTo(Verdict.REORDERED);

    // and
    send(60, TURNED);
    assertThat(alarm().getStep()).isEqualTo(40);
    assertThat(alarm().getSteps()).containsExactly(40L, 60L);

    // and
    send(80, HERE);
    assertThat(alarm().getState()).isEqualTo(AlarmState.CLEARED);
    assertThat(alarm().getStep()).isEqualTo(80);
    assertThat(alarm().getSteps()).containsExactly(40L, 60L);
    assertThat(alarm().getVerdict()).isEqualTo(Verdict.STABLE);
  }

  /** A step without a judgement neither raises nor clears. */
  @Test
  void shouldPassOverStepsWithoutAJudgement() {
    send(0, HERE);
    send(20, TURNED);
    driver.send(Probes.atStep(30)); // no halves
    send(40, TURNED);

    assertThat(alarm().getStep()).isEqualTo(40);
  }

  @Test
  void shouldBeTakenBackByACheckpointThatComesLate() {
    // given
    send(0, HERE);
    send(20, TURNED);
    send(40, TURNED);
    assertThat(alarm()).isNotNull();

    // when
    send(30, HERE);

    // then
    assertThat(alarm()).isNull();
    assertThat(driver.results()).doesNotContainKey(KEY);
  }

  @Test
  void shouldBeRaisedByABaselineThatComesLast() {
    // given: against step 20, which is the baseline so far, nothing moved
    send(20, TURNED);
    send(40, TURNED);
    send(60, TURNED);
    assertThat(alarm()).isNull();

    // when
    send(0, HERE);

    // then
    assertThat(alarm().getStep()).isEqualTo(40);
    assertThat(alarm().getSteps()).containsExactly(40L, 60L);
    assertThat(alarm().getBaselineCheckpointId()).isEqualTo("id0");
  }

  @Test
  void shouldBeTheSameWhateverTheOrderOfArrival() {
    // given
    Map<Long, List<Integer>> lists = new TreeMap<>();
    List<List<Integer>> all = List.of(HERE, TURNED, TURNED, HERE, TURNED, TURNED, TURNED);
    for (int i = 0; i < all.size(); i++) {
      lists.put(20L * i, all.get(i));
    }
    lists.forEach(this::send);
    DriftAlarm inOrder = alarm();
    assertThat(inOrder.getSteps()).containsExactly(40L, 100L, 120L);
    assertThat(inOrder.getStep()).isEqualTo(100);

    for (int round = 0; round < 4; round++) {
      // when
      driver.close();
      driver = new RankingDriver();
      List<Long> steps = new ArrayList<>(lists.keySet());
      Collections.shuffle(steps, new Random(round));
      steps.forEach(step -> send(step, lists.get(step)));

      // then
      assertThat(alarm()).as("order %s", steps).isEqualTo(inOrder);
    }
  }

  @Test
  void shouldTellOfItOnlyWhenItChanges() {
    // given
    send(0, HERE);
    send(20, TURNED);
    send(40, TURNED);
    send(60, HERE);
    driver.drain();

    // when: more steps that do not move, and one record once more
    send(80, HERE);
    send(100, HERE);
    send(40, TURNED);

    // then
    assertThat(driver.drain()).extracting(TestRecord::key).isNotEmpty().doesNotContain(KEY);
  }

  private DriftAlarm alarm() {
    return (DriftAlarm)
        driver.result(new ResultKey("run", "upos", ResultKey.NO_STEP, Kind.ALARM).text());
  }

  private void send(long step, List<Integer> list) {
    Probes fit = Probes.atStep(step);
    driver.send(fit.key(), replicates(step, list, true));
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    driver.send(fit.key(), report(step, 90, 90));
  }
}
