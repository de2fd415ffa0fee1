package io.salient.ranking.live;

import io.salient.schemas.ResultKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys that were removed, so that a listener who was away is told; the latest few thousand. */
final class Removals {
  private static final int MOST = 4_096;

  private final Map<ResultKey, Long> changes = new LinkedHashMap<>();
  private long forgotten;

  void add(ResultKey key, long change) {
    changes.remove(key);
    changes.put(key, change);
    if (changes.size() > MOST) {
      Map.Entry<ResultKey, Long> eldest = changes.entrySet().iterator().next();
      forgotten = eldest.getValue();
      changes.remove(eldest.getKey());
    }
  }

  /** It is there again. */
  void forget(ResultKey key) {
    changes.remove(key);
  }

  /** True when all removals after a change are known. */
  boolean reachBackTo(long change) {
    return change >= forgotten;
  }

  Map<ResultKey, Long> all() {
    return changes;
  }
}
