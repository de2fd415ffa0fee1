package io.salient.ranking.topology;

import io.salient.lca.ranking.NeuronRanking;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Optional;

/**
 * A probe that was ranked.
 *
 * @param report of the probe
 * @param neurons the result; empty when only the report is new
 * @param ranking over all labels; empty when no label qualified, or when only the report is new
 */
record RankedProbe(
    ProbeReport report, Optional<SalientNeurons> neurons, Optional<NeuronRanking> ranking) {}
