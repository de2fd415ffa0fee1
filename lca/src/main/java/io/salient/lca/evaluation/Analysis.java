package io.salient.lca.evaluation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a probe can be put to. The names are those of configuration and results. */
public enum Analysis {
  /** Counts, precision, recall and F1 of each label: part of every fit, whether named or not. */
  COUNTS("counts"),
  /** Layers of the first neurons: part of every ranking, whether named or not. */
  LAYER_HISTOGRAM("layer-histogram"),
  /** Neurons of each label and neurons of several: part of every ranking, whether named or not. */
  POLYSEMY("polysemy"),
  /** Accuracy beside that of control tasks, which are fitted for it. */
  SELECTIVITY("selectivity"),
  /** Accuracy with some neurons kept and the rest at its mean, without retraining. */
  MASKING("masking"),
  /** One probe per layer. */
  LAYERWISE("layerwise"),
  /** The fewest first neurons whose retrained probe does nearly as well. */
  MINIMAL_SET("minimal-set"),
  /** Random, last and further disjoint sets beside the minimal set, which it therefore finds. */
  REDUNDANCY("redundancy"),
  /** What the first neurons fire for. */
  TOP_WORDS("top-words");

  /** For live use: what adds little. */
  public static final Set<Analysis> FAST =
      Set.copyOf(EnumSet.of(COUNTS, LAYER_HISTOGRAM, POLYSEMY, SELECTIVITY, MASKING));

  /** For studies: everything. */
  public static final Set<Analysis> FULL = Set.copyOf(EnumSet.allOf(Analysis.class));

  private final String label;

  Analysis(String label) {
    this.label = label;
  }

  /** Its name in configuration and results. */
  public String label() {
    return label;
  }

  /** False for what is part of every fit or ranking anyway. */
  public boolean takesWork() {
    return this != COUNTS && this != LAYER_HISTOGRAM && this != POLYSEMY;
  }

  /**
   * Reads names; {@code fast} and {@code full} stand for {@link #FAST} and {@link #FULL}.
   *
   * @throws IllegalArgumentException when there is no analysis of a name; says which there are
   */
  public static Set<Analysis> named(List<String> names) {
    EnumSet<Analysis> chosen = EnumSet.noneOf(Analysis.class);
    for (String name : names) {
      switch (name) {
        case "fast" -> chosen.addAll(FAST);
        case "full" -> chosen.addAll(FULL);
        default -> chosen.add(named(name));
      }
    }
    return Set.copyOf(chosen);
  }

  private static Analysis named(String name) {
    return Arrays.stream(values())
        .filter(analysis -> analysis.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no evaluation \"" + name + "\": fast, full or some of " + all()));
  }

  private static String all() {
    return Arrays.stream(values()).map(Analysis::label).collect(Collectors.joining(", "));
  }
}
