package io.salient.ranking.live;

import io.salient.schemas.ResultKey;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Changed keys for one subscriber, all known keys first.
 *
 * <p>Only keys wait, each once: a slow subscriber gets the latest record of a key that changed many
 * times meanwhile, misses no key, and holds no more memory than there are keys.
 */
public final class ResultPublisher implements Flow.Publisher<ResultKey> {
  private final ResultStream results;

  /** Publishes the changes of a view. */
  public ResultPublisher(ResultStream results) {
    this.results = results;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ResultKey> subscriber) {
    Subscription subscription = new Subscription(subscriber);
    subscriber.onSubscribe(subscription);
    subscription.begin();
  }

  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super ResultKey> subscriber;
    private final Consumer<ResultKey> listener = this::changed;
    private final Set<ResultKey> waiting = new LinkedHashSet<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private long demand;
    private boolean delivering;

    Subscription(Flow.Subscriber<? super ResultKey> subscriber) {
      this.subscriber = subscriber;
    }

    void begin() {
      results.onChange(listener); // first, so that nothing falls between
      synchronized (this) {
        waiting.addAll(results.keys());
      }
      if (cancelled.get()) {
        results.removeListener(listener);
      }
      deliver();
    }

    private void changed(ResultKey key) {
      synchronized (this) {
        waiting.add(key);
      }
      deliver();
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        cancel();
        subscriber.onError(new IllegalArgumentException("demand must be positive: " + n));
        return;
      }
      synchronized (this) {
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      }
      deliver();
    }

    @Override
    public void cancel() {
      if (cancelled.compareAndSet(false, true)) {
        results.removeListener(listener);
        synchronized (this) {
          waiting.clear();
        }
      }
    }

    /** One thread at a time delivers; what others add meanwhile, it delivers too. */
    private void deliver() {
      synchronized (this) {
        if (delivering) {
          return;
        }
        delivering = true;
      }
      for (ResultKey key = next(); key != null; key = next()) {
        subscriber.onNext(key);
      }
    }

    private synchronized ResultKey next() {
      if (cancelled.get() || demand == 0 || waiting.isEmpty()) {
        delivering = false;
        return null;
      }
      demand--;
      Iterator<ResultKey> first = waiting.iterator();
      ResultKey key = first.next();
      first.remove();
      return key;
    }
  }
}
