package io.salient.lca.drift;

import io.salient.lca.drift.RankingChange.Outcome;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * When an alarm stands in a run: at the steps that moved, where the judged step before moved too. A
 * function of the outcomes by step, whatever the order in which they came; steps without a
 * judgement do not count.
 *
 * @param steps at which it stands, ascending; empty where none was ever raised
 * @param raised whether it stands at the latest judged step
 * @param changed the step at which it was raised, or cleared, last; empty where none was ever
 *     raised
 */
public record AlarmSeries(NavigableSet<Long> steps, boolean raised, OptionalLong changed) {
  /** Keeps the set as it is, for reading only. */
  public AlarmSeries {
    steps = Collections.unmodifiableNavigableSet(steps);
  }

  /**
   * The alarm of a concept.
   *
   * @param outcomes against its baseline, by step
   */
  public static AlarmSeries of(SortedMap<Long, Outcome> outcomes) {
    NavigableSet<Long> steps = new TreeSet<>();
    boolean moved = false;
    boolean raised = false;
    OptionalLong changed = OptionalLong.empty();
    for (Map.Entry<Long, Outcome> at : outcomes.entrySet()) {
      if (at.getValue() == Outcome.NONE) {
        continue;
      }
      boolean moves = at.getValue() == Outcome.MOVED;
      boolean stands = moves && moved;
      if (stands) {
        steps.add(at.getKey());
      }
      if (stands != raised) {
        changed = OptionalLong.of(at.getKey());
      }
      raised = stands;
      moved = moves;
    }
    return new AlarmSeries(steps, raised, changed);
  }
}
