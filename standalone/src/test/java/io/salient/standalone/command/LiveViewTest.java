package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.standalone.Progress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong clock = new AtomicLong(-7);
  private final LiveView table =
      new LiveView(
          () -> {
            asked.incrementAndGet();
            return Optional.empty();
          },
          clock::get);

  @Test
  void shouldAskForTheRunAtMostOnceAFrameAndOweWhatItLeftOut() {
    try (Progress progress = Progress.onStandardError()) {
      // when: a hundred changes within a frame
      for (int change = 0; change < 100; change++) {
        clock.addAndGet(TimeUnit.MICROSECONDS.toNanos(100));
        table.show(progress, List.of());
      }

      // then
      assertThat(asked).hasValue(1);
      assertThat(table.isOwed()).isTrue();

      // when: the frame is over
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(LiveView.FRAME_MILLIS));
      table.show(progress, List.of());

      // then
      assertThat(asked).hasValue(2);
      assertThat(table.isOwed()).isFalse();
    }
  }
}
