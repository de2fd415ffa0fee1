package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.drift.RankingChange.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlarmSeriesTest {
  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.STABLE,
          Outcome.MOVED,
          Outcome.UNDECIDED,
          Outcome.MOVED,
          Outcome.NONE,
          Outcome.MOVED,
          Outcome.MOVED,
          Outcome.STABLE,
          Outcome.MOVED);

  @Test
  void shouldStandAtTheSecondOfTwoSuccessiveJudgedStepsThatMoved() {
    SortedMap<Long, Outcome> steps = new TreeMap<>();
    for (int i = 0; i < OUTCOMES.size(); i++) {
      steps.put(100L * i, OUTCOMES.get(i));
    }

    assertThat(AlarmSeries.of(steps).steps()).containsExactly(500L, 600L);
    assertThat(AlarmSeries.of(new TreeMap<>()).steps()).isEmpty();
    assertThat(AlarmSeries.of(new TreeMap<>()).changed()).isEmpty();
  }

  @Test
  void shouldTellWhenItWasRaisedAndWhenCleared() {
    SortedMap<Long, Outcome> steps = new TreeMap<>();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < OUTCOMES.size(); i++) {
      steps.put(100L * i, OUTCOMES.get(i));
      AlarmSeries now = AlarmSeries.of(steps);
      told.add((now.raised() ? "raised " : "not raised ") + now.changed().orElse(-1));
    }

    assertThat(told)
        .containsExactly(
            "not raised -1",
            "not raised -1",
            "not raised -1",
            "not raised -1",
            "not raised -1",
            "raised 500",
            "raised 500",
            "not raised 700",
            "not raised 700");
  }

  @Test
  void shouldNotDependOnTheOrderOfArrival() {
    Random random = new Random(4);
    List<Integer> arrivals = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(arrivals, random);
      SortedMap<Long, Outcome> steps = new TreeMap<>();
      arrivals.forEach(i -> steps.put(100L * i, OUTCOMES.get(i)));

      assertThat(AlarmSeries.of(steps).steps()).containsExactly(500L, 600L);
    }
  }
}
