package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.view.AlarmView;
import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmNewsTest {
  private final AlarmNews news = new AlarmNews();

  @Test
  void shouldTellEachChangeOnce() {
    assertThat(news.of(List.of())).isEmpty();
    assertThat(news.of(List.of(alarm(AlarmState.RAISED, 40))))
        .containsExactly(
            "alarm: the ranking of upos moved from the baseline at two successive judged steps, the"
                + " second of them step 40 (rho 0.62, 0.55 to 0.70)");
    assertThat(news.of(List.of(alarm(AlarmState.RAISED, 40)))).isEmpty();
    assertThat(news.of(List.of(alarm(AlarmState.CLEARED, 60))))
        .containsExactly("alarm of upos is cleared at step 60 (rho 0.62, 0.55 to 0.70)");
    assertThat(news.of(List.of(alarm(AlarmState.RAISED, 100)))).hasSize(1);
  }

  @Test
  void shouldTellThatOneIsTakenBack() {
    news.of(List.of(alarm(AlarmState.RAISED, 40)));

    assertThat(news.of(List.of())).singleElement().asString().contains("upos is taken back");
    assertThat(news.of(List.of())).isEmpty();
  }

  private static AlarmView alarm(AlarmState state, long step) {
    DriftAlarm alarm = new DriftAlarm();
    alarm.setConcept("upos");
    alarm.setState(state);
    alarm.setStep(step);
    alarm.setVerdict(Verdict.REORDERED);
    RankingJudgement judgement = new RankingJudgement();
    judgement.setOutcome(Movement.MOVED);
    judgement.setReason("limits");
    judgement.setRho(0.62);
    judgement.setLower(0.55);
    judgement.setUpper(0.7);
    alarm.setJudgement(judgement);
    return AlarmView.of(alarm);
  }
}
