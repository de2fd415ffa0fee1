package io.salient.ranking.live;

import io.salient.schemas.ResultKey;
import java.util.Comparator;
import java.util.Optional;

/** Reads and orders the keys of the results topic. */
final class ResultKeys {
  /** By run, concept, step and kind: one run's, and one concept's, stand together. */
  static final Comparator<ResultKey> ORDER =
      Comparator.comparing(ResultKey::run)
          .thenComparing(ResultKey::concept)
          .thenComparingLong(ResultKey::step)
          .thenComparing(ResultKey::kind);

  private ResultKeys() {}

  /** The key, or empty when the text is none. */
  static Optional<ResultKey> parse(String text) {
    String[] parts = text == null ? new String[0] : text.split("/", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    for (ResultKey.Kind kind : ResultKey.Kind.values()) {
      if (kind.text().equals(parts[3])) {
        return step(parts[2])
            .filter(step -> (step == ResultKey.NO_STEP) == (kind == ResultKey.Kind.ALARM))
            .map(step -> new ResultKey(parts[0], parts[1], step, kind));
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> step(String text) {
    try {
      return Optional.of(ResultKey.step(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
