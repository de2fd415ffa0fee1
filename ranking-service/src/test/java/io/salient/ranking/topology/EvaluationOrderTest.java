package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.ProbeEvaluation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Evaluations pass to the results on their own, before or after the ranking that they complete. */
class EvaluationOrderTest {
  private final RankingDriver driver = new RankingDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldPassAnEvaluationOnBeforeItsRankingAndAfter() {
    Probes early = Probes.atStep(0);
    Probes late = Probes.atStep(20);

    driver.send(early.key(), early.evaluation());
    driver.send(early).send(late);
    driver.send(late.key(), late.evaluation());

    assertThat(evaluation(0)).isEqualTo(early.evaluation());
    assertThat(evaluation(20)).isEqualTo(late.evaluation());
    assertThat(driver.neurons(0).getReport().getEvaluations()).isNull();
  }

  @Test
  void shouldNotGoBackToTheWeightsThatWereSavedBefore() {
    Probes old = Probes.atStep(20);
    Probes again = old.ofCheckpoint("again").announced(90);

    driver.send(again.key(), again.evaluation());
    driver.send(old.key(), old.evaluation());

    assertThat(evaluation(20).getCheckpointId()).isEqualTo("again");
    assertThat(driver.superseded).isEqualTo(1);
  }

  @Test
  void shouldRefuseAnEvaluationOfAnotherConceptThanItsKey() {
    driver.send("run/xpos", Probes.atStep(0).evaluation());

    assertThat(driver.counted).containsExactly(DeadLetterReason.INVALID_FIELD);
  }

  private ProbeEvaluation evaluation(long step) {
    return (ProbeEvaluation) driver.result(RankingDriver.key(step, Kind.EVALUATION));
  }
}
