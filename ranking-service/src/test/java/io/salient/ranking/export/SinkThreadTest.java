package io.salient.ranking.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SinkThreadTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FigurePoint point = new FigurePoint("run", "upos", 10);

  @Test
  void shouldBringAPointThatChangedOftenAsItIsNow() throws InterruptedException {
    // given: a sink that is held up by the first point
    Sink sink = new Sink(0);
    CountDownLatch held = new CountDownLatch(1);
    sink.held = held;
    SinkThread thread = thread(sink);
    thread.changed(new FigurePoint("run", "upos", 0));
    sink.began.await();

    // when
    for (int i = 0; i < 1_000; i++) {
      thread.changed(point);
    }
    held.countDown();
    thread.close();

    // then
    assertThat(sink.taken).extracting(Figures::step).containsExactly(0L, 10L);
    assertThat(sink.closed).isTrue();
  }

  @Test
  void shouldTryAgainUntilTheSinkTakesIt() throws InterruptedException {
    // given
    Sink sink = new Sink(1);
    SinkThread thread = thread(sink);

    // when
    thread.changed(point);

    // then
    assertThat(sink.took.await(30, TimeUnit.SECONDS)).isTrue();
    thread.close();
    assertThat(sink.taken).extracting(Figures::step).containsExactly(10L);
    assertThat(registry.get("failures").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldEndWhileTheSinkIsAway() throws InterruptedException {
    // given
    Sink sink = new Sink(Integer.MAX_VALUE);
    SinkThread thread = thread(sink);
    thread.changed(point);
    sink.began.await();

    // when
    thread.close();

    // then
    assertThat(sink.closedNow.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(sink.taken).isEmpty();
  }

  @Test
  void shouldBringNothingOfAPointWithoutFigures() {
    // given
    Sink sink = new Sink(0);
    SinkThread thread = new SinkThread(sink, any -> Optional.empty(), registry.counter("failures"));

    // when
    thread.changed(point);
    thread.close();

    // then
    assertThat(sink.taken).isEmpty();
  }

  private SinkThread thread(Sink sink) {
    return new SinkThread(
        sink,
        of -> Optional.of(new Figures(of.run(), of.concept(), of.step(), Map.of(), null)),
        registry.counter("failures"));
  }

  /** Fails some times before it takes anything. */
  private static final class Sink implements FigureSink {
    private final List<Figures> taken = new ArrayList<>();
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch took = new CountDownLatch(1);
    private final CountDownLatch closedNow = new CountDownLatch(1);
    private CountDownLatch held = new CountDownLatch(0);
    private int failures;
    private volatile boolean closed;

    Sink(int failures) {
      this.failures = failures;
    }

    @Override
    public String name() {
      return "a sink";
    }

    @Override
    public void take(Figures figures) throws IOException, InterruptedException {
      began.countDown();
      held.await();
      if (failures-- > 0) {
        throw new IOException("away");
      }
      taken.add(figures);
      took.countDown();
    }

    @Override
    public void close() {
      closed = true;
      closedNow.countDown();
    }
  }
}
