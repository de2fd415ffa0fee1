package io.salient.ranking.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What people should know of two checkpoints whose weights were not read the same way. They are
 * compared all the same: an untrained baseline and an adapter beside its base model are meant to be
 * compared, and what rounding does is small beside the noise that a verdict allows for.
 */
final class WeightDifferences {
  private static final String DTYPE = "dtype";
  private static final String SEED = "randomSeed";
  private static final String BASE = "baseModel";

  private WeightDifferences() {}

  /**
   * Sentences, none where nothing differs.
   *
   * @param a how A's weights were read where it was not plainly, by name
   * @param b how B's were
   */
  static List<String> of(Map<String, String> a, Map<String, String> b) {
    List<String> notes = new ArrayList<>();
    String dtypeA = a.getOrDefault(DTYPE, "float32");
    String dtypeB = b.getOrDefault(DTYPE, "float32");
    if (!dtypeA.equals(dtypeB)) {
      notes.add(
          "A's linear layers were computed in %s, B's in %s: a part of the difference is rounding"
              .formatted(dtypeA, dtypeB));
    }
    if (!a.getOrDefault(SEED, "").equals(b.getOrDefault(SEED, ""))) {
      addUntrained(notes, "A", a.get(SEED));
      addUntrained(notes, "B", b.get(SEED));
    }
    String baseA = a.get(BASE);
    String baseB = b.get(BASE);
    if (baseA != null && baseB != null && !baseA.equals(baseB)) {
      notes.add("the adapters have different base models: %s and %s".formatted(baseA, baseB));
    }
    return notes;
  }

  private static void addUntrained(List<String> notes, String which, String seed) {
    if (seed != null) {
      notes.add("%s has random weights, of seed %s".formatted(which, seed));
    }
  }
}
