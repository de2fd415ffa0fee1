package io.salient.lca.drift;

import io.salient.lca.drift.RankingChange.Outcome;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Which steps of a run an alarm stands at: those that moved, where the judged step before moved
 * too. A function of the outcomes by step, whatever the order in which they came; steps without a
 * judgement do not count.
 */
public final class AlarmSeries {
  private AlarmSeries() {}

  /**
   * Steps at which the alarm stands, ascending.
   *
   * @param outcomes of a concept against its baseline, by step
   */
  public static NavigableSet<Long> of(SortedMap<Long, Outcome> outcomes) {
    NavigableSet<Long> alarmed = new TreeSet<>();
    boolean moved = false;
    for (Map.Entry<Long, Outcome> at : outcomes.entrySet()) {
      if (at.getValue() != Outcome.NONE) {
        boolean moves = at.getValue() == Outcome.MOVED;
        if (moves && moved) {
          alarmed.add(at.getKey());
        }
        moved = moves;
      }
    }
    return alarmed;
  }
}
