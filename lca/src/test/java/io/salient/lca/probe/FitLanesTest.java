package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.lca.probe.FitProgress.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class FitLanesTest {
  private static final int FITS = 6;

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldHandOverResultsInOrderOnTheCallersThread() {
    // given: the first fit ends after the second
    CountDownLatch second = new CountDownLatch(1);
    List<Integer> numbers = new ArrayList<>();
    List<String> results = new ArrayList<>();

    // when
    FitLanes.run(
        FITS,
        new Watch(FitProgress.NONE),
        (number, lane, watch) -> {
          if (number == 0) {
            await(second);
          } else {
            second.countDown();
          }
          return "fit " + number;
        },
        (number, result) -> {
          numbers.add(number);
          results.add(result + " on " + Thread.currentThread().getName());
        });

    // then
    String here = Thread.currentThread().getName();
    assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(results).startsWith("fit 0 on " + here, "fit 1 on " + here, "fit 2 on " + here);
  }

  @Test
  void shouldRunTwoBesideEachOtherAndNeverTwoOnOneLane() {
    // given: each of the first two waits for the other
    CountDownLatch both = new CountDownLatch(2);
    AtomicIntegerArray busy = new AtomicIntegerArray(FitLanes.LANES);
    AtomicInteger most = new AtomicInteger();

    // when
    FitLanes.run(
        FITS,
        new Watch(FitProgress.NONE),
        (number, lane, watch) -> {
          most.accumulateAndGet(busy.incrementAndGet(lane), Math::max);
          both.countDown();
          await(both);
          return busy.decrementAndGet(lane);
        },
        (number, result) -> {});

    // then
    assertThat(most).hasValue(1);
  }

  @Test
  void shouldReportTheMeanOfAllAndNeverGoBack() {
    // given
    List<Double> told = new ArrayList<>();
    FitProgress progress =
        (phase, fraction) -> {
          assertThat(phase).isEqualTo(Phase.FIT);
          return told.add(fraction);
        };

    // when
    FitLanes.run(
        4,
        new Watch(progress, 0.5, 0.5),
        (number, lane, watch) -> {
          watch.report(Phase.FIT, 0.5);
          watch.report(Phase.FIT, 1);
          return number;
        },
        (number, result) -> {});

    // then
    assertThat(told).isSorted().startsWith(0.5).endsWith(1.0).contains(0.625);
  }

  @Test
  void shouldThrowTheFirstFailureWhenNoneRunsAnyMore() {
    // given: the first fit reports until it is stopped
    CountDownLatch running = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger started = new AtomicInteger();

    // when, then
    assertThatThrownBy(
            () ->
                FitLanes.run(
                    FITS,
                    new Watch(FitProgress.NONE),
                    (number, lane, watch) -> {
                      started.incrementAndGet();
                      if (number != 0) {
                        await(running);
                        throw new IllegalArgumentException("fit " + number);
                      }
                      try {
                        while (true) {
                          watch.report(Phase.FIT, 0);
                          running.countDown();
                        }
                      } finally {
                        ended.incrementAndGet();
                      }
                    },
                    (number, result) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit 1");
    assertThat(ended).hasValue(1);
    assertThat(started).hasValue(2);
  }

  @Test
  void shouldEndAllWhenProgressSaysSo() {
    // given
    AtomicInteger reports = new AtomicInteger();

    // when, then
    assertThatThrownBy(
            () ->
                FitLanes.run(
                    FITS,
                    new Watch((phase, fraction) -> reports.incrementAndGet() < 5),
                    (number, lane, watch) -> {
                      while (true) {
                        watch.report(Phase.FIT, 0);
                      }
                    },
                    (number, result) -> {}))
        .isInstanceOf(FitCancelledException.class);
  }

  @Test
  void shouldEndTheFitsWhenTheSinkFails() {
    // given
    AtomicInteger started = new AtomicInteger();

    // when, then
    assertThatThrownBy(
            () ->
                FitLanes.run(
                    FITS,
                    new Watch(FitProgress.NONE),
                    (number, lane, watch) -> {
                      started.incrementAndGet();
                      while (number > 0) {
                        watch.report(Phase.FIT, 0);
                      }
                      return number;
                    },
                    (number, result) -> {
                      throw new IllegalStateException("full");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("full");
    assertThat(started.get()).isLessThan(FITS);
  }
}
