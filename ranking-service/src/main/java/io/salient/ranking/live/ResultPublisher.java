package io.salient.ranking.live;

import io.salient.schemas.ResultKey;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Changed keys for one subscriber: first all known ones, or those that changed after a position.
 *
 * <p>Only keys wait, each once: a slow subscriber gets the latest record of a key that changed many
 * times meanwhile, misses no key, and holds no more memory than there are keys.
 */
public final class ResultPublisher implements Flow.Publisher<ResultPublisher.Change> {
  private static final Comparator<Map.Entry<ResultKey, Long>> BY_KEY =
      Map.Entry.comparingByKey(ResultKeys.ORDER);

  private final ResultStream results;
  private final Position since;

  /**
   * A key that changed.
   *
   * @param key its record is to be read now
   * @param position all changes up to it were told when this one is
   */
  public record Change(ResultKey key, Position position) {}

  /** Publishes what is known of a view, and its changes. */
  public ResultPublisher(ResultStream results) {
    this(results, null);
  }

  private ResultPublisher(ResultStream results, Position since) {
    this.results = results;
    this.since = since;
  }

  /**
   * Publishes the changes of a view after a position.
   *
   * @return empty when it is not known what changed since
   */
  public static Optional<ResultPublisher> after(ResultStream results, Position position) {
    return results.changedAfter(position).map(known -> new ResultPublisher(results, position));
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Change> subscriber) {
    Subscription subscription = new Subscription(subscriber);
    subscriber.onSubscribe(subscription);
    subscription.begin();
  }

  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super Change> subscriber;
    private final Consumer<ResultKey> listener = this::changed;
    private final Map<ResultKey, Long> waiting = new LinkedHashMap<>(); // ascending changes
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private long told;
    private long demand;
    private boolean delivering;

    Subscription(Flow.Subscriber<? super Change> subscriber) {
      this.subscriber = subscriber;
    }

    void begin() {
      synchronized (this) { // what changes from here on waits its turn behind this
        results.onChange(listener);
        waiting.putAll(first());
      }
      if (cancelled.get()) {
        results.removeListener(listener);
      }
      deliver();
    }

    /** By change; of all keys none counts as told before the last is. */
    private Map<ResultKey, Long> first() {
      Map<ResultKey, Long> ordered = new LinkedHashMap<>();
      Map<ResultKey, Long> changed =
          since == null ? null : results.changedAfter(since).orElse(null);
      if (changed == null) {
        results.keys().forEach(key -> ordered.put(key, 1L));
      } else {
        changed.entrySet().stream()
            .sorted(Map.Entry.<ResultKey, Long>comparingByValue().thenComparing(BY_KEY))
            .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
      }
      return ordered;
    }

    private void changed(ResultKey key) {
      synchronized (this) {
        if (waiting.putIfAbsent(key, results.position().change()) != null) {
          results.coalesce();
        }
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
      for (Change change = next(); change != null; change = next()) {
        subscriber.onNext(change);
      }
    }

    private synchronized Change next() {
      if (cancelled.get() || demand == 0 || waiting.isEmpty()) {
        delivering = false;
        return null;
      }
      demand--;
      Iterator<Map.Entry<ResultKey, Long>> entries = waiting.entrySet().iterator();
      Map.Entry<ResultKey, Long> taken = entries.next();
      ResultKey key = taken.getKey();
      long change = taken.getValue();
      entries.remove();
      told = Math.max(told, entries.hasNext() ? entries.next().getValue() - 1 : change);
      return new Change(key, new Position(results.position().life(), told));
    }
  }
}
