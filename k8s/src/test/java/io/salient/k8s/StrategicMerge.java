package io.salient.k8s;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A patch laid over an object as Kubernetes does: maps are merged, null removes, and of lists those
 * that have a key are merged by it; all others are replaced.
 */
final class StrategicMerge {
  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath");

  private StrategicMerge() {}

  static Map<String, Object> merge(Map<String, Object> into, Map<String, Object> patch) {
    Map<String, Object> merged = new LinkedHashMap<>(into);
    patch.forEach(
        (key, value) -> {
          if (value == null) {
            merged.remove(key);
          } else {
            merged.put(key, merged(key, merged.get(key), value));
          }
        });
    return merged;
  }

  private static Object merged(String key, Object old, Object value) {
    if (value instanceof Map<?, ?>) {
      return merge(old instanceof Map<?, ?> ? Tree.map(old) : Map.of(), Tree.map(value));
    }
    String by = KEYS.get(key);
    if (by == null || old == null) {
      return value;
    }
    List<Map<String, Object>> all = new ArrayList<>(Tree.maps(old));
    for (Map<String, Object> one : Tree.maps(value)) {
      int at = indexOf(all, by, one.get(by));
      if (at < 0) {
        all.add(one);
      } else {
        // A volume of another kind takes the place of the one before.
        all.set(at, key.equals("volumes") ? one : merge(all.get(at), one));
      }
    }
    return all;
  }

  private static int indexOf(List<Map<String, Object>> all, String by, Object value) {
    for (int i = 0; i < all.size(); i++) {
      if (value.equals(all.get(i).get(by))) {
        return i;
      }
    }
    return -1;
  }
}
