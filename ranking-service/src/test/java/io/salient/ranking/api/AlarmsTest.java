package io.salient.ranking.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.RankingJudgement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  @Test
  void shouldFollowTheStepsWhateverTheOrderOfArrival() {
    // given: step 60 comes from a version that judged otherwise
    List<NeuronDrift> drifts =
        new ArrayList<>(
            List.of(
                drift(20, DriftAgainst.BASELINE, Movement.MOVED),
                drift(40, DriftAgainst.BASELINE, Movement.MOVED),
                drift(60, DriftAgainst.BASELINE, null),
                drift(80, DriftAgainst.BASELINE, Movement.STABLE),
                drift(100, DriftAgainst.BASELINE, Movement.MOVED),
                drift(120, DriftAgainst.PREVIOUS, Movement.MOVED)));

    for (int round = 0; round < 5; round++) {
      // when
      Collections.shuffle(drifts, new Random(round));

      // then
      assertThat(Alarms.of(drifts)).containsExactly(40L);
    }
  }

  private static NeuronDrift drift(long step, DriftAgainst against, Movement outcome) {
    NeuronDrift drift = new NeuronDrift();
    drift.setStep(step);
    drift.setAgainst(against);
    drift.setJudgement(
        outcome == null ? null : RankingJudgement.newBuilder().setOutcome(outcome).build());
    return drift;
  }
}
