package io.salient.ranking.topology;

import io.salient.schemas.DeadLetterReason;

/** What the topology counts. */
public interface RankingMetrics {
  /** Counts nothing. */
  RankingMetrics NONE = new RankingMetrics() {};

  /** A record went to the dead-letter topic. */
  default void deadLetter(DeadLetterReason reason) {}

  /** A ranking was made, in so many nanoseconds. */
  default void ranked(boolean isFinal, long nanos) {}

  /** A ranking came late and changed nothing. */
  default void superseded() {}

  /** Two rankings were compared. */
  default void compared() {}

  /** Probes of sets that were never completed were forgotten. */
  default void forgotten(int probes) {}
}
