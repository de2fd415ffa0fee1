package io.salient.ranking.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** From which step on a verdict holds. */
final class Since {
  private Since() {}

  /**
   * For each step, the place of the first of the successive steps up to it that have its verdict.
   *
   * @param verdicts by step; null for none
   * @return as many places; that of a step without a verdict is that of the first without one
   */
  static List<Integer> of(List<String> verdicts) {
    List<Integer> since = new ArrayList<>();
    for (int place = 0; place < verdicts.size(); place++) {
      boolean goesOn = place > 0 && Objects.equals(verdicts.get(place), verdicts.get(place - 1));
      since.add(goesOn ? since.get(place - 1) : (Integer) place);
    }
    return since;
  }
}
