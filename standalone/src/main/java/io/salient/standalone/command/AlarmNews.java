package io.salient.standalone.command;

import io.salient.ranking.view.AlarmView;
import io.salient.ranking.view.JudgementView;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What there is to say of alarms, each time that one is raised, cleared or taken back. */
final class AlarmNews {
  private final Map<String, AlarmView> told = new HashMap<>();

  /**
   * Sentences that were not said before.
   *
   * @param alarms of a run as they are now
   */
  List<String> of(Collection<AlarmView> alarms) {
    List<String> news = new ArrayList<>();
    Map<String, AlarmView> gone = new HashMap<>(told);
    for (AlarmView alarm : alarms) {
      gone.remove(alarm.concept());
      AlarmView before = told.put(alarm.concept(), alarm);
      if (before == null || before.raised() != alarm.raised() || before.step() != alarm.step()) {
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

  private static String sentence(AlarmView alarm) {
    return alarm.raised()
        ? "alarm: the ranking of %s moved from the baseline at two successive judged steps, the second of them step %d%s"
            .formatted(alarm.concept(), alarm.step(), rho(alarm.judgement()))
        : "alarm of %s is cleared at step %d%s"
            .formatted(alarm.concept(), alarm.step(), rho(alarm.judgement()));
  }

  private static String rho(JudgementView judgement) {
    if (judgement == null || judgement.rho() == null) {
      return "";
    }
    String rho = Numbers.plain(judgement.rho(), 2);
    return judgement.lower() == null
        ? " (rho %s)".formatted(rho)
        : " (rho %s, %s to %s)"
            .formatted(
                rho, Numbers.plain(judgement.lower(), 2), Numbers.plain(judgement.upper(), 2));
  }
}
