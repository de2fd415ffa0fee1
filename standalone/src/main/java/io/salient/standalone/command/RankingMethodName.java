package io.salient.standalone.command;

import java.util.Locale;

/** Ranking methods as people write them. */
enum RankingMethodName {
  /** lca. */
  LCA,
  /** contribution. */
  CONTRIBUTION,
  /** neurox. */
  NEUROX,
  /** probeless. */
  PROBELESS,
  /** mean-select. */
  MEAN_SELECT,
  /** gaussian. */
  GAUSSIAN,
  /** iou. */
  IOU,
  /** average-precision. */
  AVERAGE_PRECISION;

  /** True where penalties can be looked for: rules that rank every probe alike. */
  boolean ranksTunedProbes() {
    return this == LCA || this == CONTRIBUTION;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
