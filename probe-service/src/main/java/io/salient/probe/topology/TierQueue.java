package io.salient.probe.topology;

import io.salient.probe.training.Tier;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What waits to be done in one partition, by tier and checkpoint.
 *
 * <p>Tiers go in their order. Within a tier, rankings, fits and transfers go as they came; a final
 * fit comes when its checkpoint is complete, so the chain of warm starts is that of the log:
 * checkpoints are extracted oldest first, and one that completes later than its step would have it
 * cannot go before fits that were made without it, or their bytes would depend on the moment.
 * Nothing depends on the order of the patient tiers; there the newest step goes first, which people
 * look at, but for the noise of the baseline: no other noise says anything without it.
 */
final class TierQueue {
  private final Map<Tier, Set<String>> waiting = new EnumMap<>(Tier.class);
  private final Comparator<String> newest;
  private final Predicate<String> isBaseline;
  private final ProbeMetrics metrics;

  /**
   * What waits.
   *
   * @param tier to be done
   * @param key of the checkpoint
   */
  record Work(Tier tier, String key) {}

  /**
   * An empty queue.
   *
   * @param step of a checkpoint's key
   * @param isBaseline true for the key of a checkpoint that others are measured against
   * @param metrics count what waits
   */
  TierQueue(ToLongFunction<String> step, Predicate<String> isBaseline, ProbeMetrics metrics) {
    this.newest =
        Comparator.comparingLong(step).reversed().thenComparing(Comparator.naturalOrder());
    this.isBaseline = isBaseline;
    this.metrics = metrics;
    for (Tier tier : Tier.values()) {
      waiting.put(tier, new LinkedHashSet<>());
    }
  }

  void add(Tier tier, String key) {
    if (waiting.get(tier).add(key)) {
      metrics.waiting(tier, 1);
    }
  }

  void remove(Tier tier, String key) {
    if (waiting.get(tier).remove(key)) {
      metrics.waiting(tier, -1);
    }
  }

  /** Nothing of a checkpoint is to be done any more. */
  void forget(String key) {
    waiting.keySet().forEach(tier -> remove(tier, key));
  }

  /** The partition goes elsewhere. */
  void clear() {
    waiting.forEach((tier, keys) -> metrics.waiting(tier, -keys.size()));
    waiting.values().forEach(Set::clear);
  }

  /** True when something waits that a patient tier gives way to. */
  boolean hasUrgent() {
    return waiting.entrySet().stream()
        .anyMatch(entry -> !entry.getKey().isPatient() && !entry.getValue().isEmpty());
  }

  /**
   * Takes what is next.
   *
   * @param patient whether tiers that can wait may go
   */
  Optional<Work> next(boolean patient) {
    for (Map.Entry<Tier, Set<String>> entry : waiting.entrySet()) {
      Tier tier = entry.getKey();
      if (!entry.getValue().isEmpty() && (patient || !tier.isPatient())) {
        String key = first(tier, entry.getValue());
        remove(tier, key);
        return Optional.of(new Work(tier, key));
      }
    }
    return Optional.empty();
  }

  private String first(Tier tier, Set<String> keys) {
    if (!tier.isPatient()) {
      return keys.iterator().next();
    }
    Comparator<String> order =
        tier == Tier.NOISE
            ? Comparator.<String, Boolean>comparing(key -> !isBaseline.test(key))
                .thenComparing(newest)
            : newest;
    return keys.stream().min(order).orElseThrow();
  }
}
