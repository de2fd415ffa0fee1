package io.salient.standalone.command;

import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.RankingJudgement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is to say of alarms, each time that one is raised, cleared or taken back. */
final class AlarmNews {
  private final Map<String, DriftAlarm> told = new HashMap<>();

  /**
   * Sentences that were not said before.
   *
   * @param alarms of a run as they are now
   */
  List<String> of(Collection<DriftAlarm> alarms) {
    List<String> news = new ArrayList<>();
    Map<String, DriftAlarm> gone = new HashMap<>(told);
    for (DriftAlarm alarm : alarms) {
      gone.remove(alarm.getConcept());
      DriftAlarm before = told.put(alarm.getConcept(), alarm);
      if (before == null
          || before.getState() != alarm.getState()
          || before.getStep() != alarm.getStep()) {
        news.add(sentence(alarm));
      }
    }
    for (String concept : gone.keySet()) {
      told.remove(concept);
      news.add(
          "alarm of %s is taken back: with a checkpoint that came late, its ranking did not move at two successive judged steps"
              .formatted(concept));
    }
    return news;
  }

  private static String sentence(DriftAlarm alarm) {
    return alarm.getState() == AlarmState.RAISED
        ? "alarm: the ranking of %s moved from the baseline at two successive judged steps, the second of them step %d%s"
            .formatted(alarm.getConcept(), alarm.getStep(), rho(alarm.getJudgement()))
        : "alarm of %s is cleared at step %d%s"
            .formatted(alarm.getConcept(), alarm.getStep(), rho(alarm.getJudgement()));
  }

  private static String rho(RankingJudgement judgement) {
    if (judgement == null || judgement.getRho() == null) {
      return "";
    }
    return judgement.getLower() == null
        ? String.format(Locale.ROOT, " (rho %.2f)", judgement.getRho())
        : String.format(
            Locale.ROOT,
            " (rho %.2f, %.2f to %.2f)",
            judgement.getRho(),
            judgement.getLower(),
            judgement.getUpper());
  }
}
