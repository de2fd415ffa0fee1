package io.salient.probe.topology;

import io.salient.probe.training.Tier;
import io.salient.schemas.DeadLetterReason;
import java.time.Instant;

/** What the topology counts. */
public interface ProbeMetrics {
  /** Counts nothing. */
  ProbeMetrics NONE = new ProbeMetrics() {};

  /** A record went to the dead-letter topic. */
  default void deadLetter(DeadLetterReason reason) {}

  /** Rows were taken in; the rest of their block was there before. */
  default void rows(int taken, int duplicates) {}

  /** The work of a tier ended, in so many seconds. */
  default void fitted(Tier tier, double seconds) {}

  /** So many fits of a tier ended before they had converged. */
  default void unconverged(Tier tier, int fits) {}

  /**
   * What is received or fitted in one partition, and not ranked yet.
   *
   * @param partition its task
   * @param checkpoints how many there are; 0 when the partition goes elsewhere
   * @param oldest when the oldest was announced; null when there is none
   */
  default void unranked(String partition, int checkpoints, Instant oldest) {}

  /** So many more jobs of a tier wait, or so many fewer. */
  default void waiting(Tier tier, int change) {}

  /** A checkpoint failed or was lost, or a tier after its ranking, by the code of the reason. */
  default void ended(String reason) {}
}
