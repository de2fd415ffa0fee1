package io.salient.ranking.topology;

import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.ProbeReport;
import java.util.List;

/**
 * A report with all its class probes.
 *
 * @param report closes the set
 * @param probes by label index, those with train words
 * @param reportOnly true when the same fit was ranked before and only its report is new
 */
record CompleteProbe(ProbeReport report, List<ClassProbe> probes, boolean reportOnly) {}
