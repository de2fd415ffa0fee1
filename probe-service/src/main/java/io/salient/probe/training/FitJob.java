package io.salient.probe.training;

import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.Probe;
import io.salient.lca.ranking.RankingMethod;
import io.salient.schemas.avro.ExtractionStarted;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A fit to be done off the stream thread: everything it needs, copied, so that the stream can go
 * on.
 *
 * @param tier what for
 * @param key of the checkpoint
 * @param started what opened the checkpoint
 * @param concepts indices of the concepts that are fitted, into those of {@code started}
 * @param rows words that are there
 * @param file the matrix
 * @param checked false when the file is from before a restart, so that its rows have to be verified
 * @param log where the rows stand in the log, should they have to be read again
 * @param warm probes to start from, by concept
 * @param baseline final probes of the run's baseline, by concept; empty when there is none but this
 * @param finals final probes of the checkpoint itself, in the order of the concepts; only for the
 *     tiers after the final one
 * @param method what neurons are ranked by: for the tiers after the final one, what they were
 *     ranked by then, whatever the settings of this life say
 */
public record FitJob(
    Tier tier,
    String key,
    ExtractionStarted started,
    List<Integer> concepts,
    BitSet rows,
    Path file,
    boolean checked,
    Log log,
    Map<String, Probe> warm,
    Map<String, Probe> baseline,
    List<FitResult.Fitted> finals,
    RankingMethod method) {

  /**
   * A range of the activations topic.
   *
   * @param partition where
   * @param first offset of the record that opened the checkpoint
   * @param last offset of the last block taken in
   */
  public record Log(TopicPartition partition, long first, long last) {}

  /** Share of the checkpoint's rows that are there, 0 to 1. */
  public float coverage() {
    return tier == Tier.PROVISIONAL || tier == Tier.EARLY
        ? (float) rows.cardinality() / started.getRows()
        : 1;
  }
}
