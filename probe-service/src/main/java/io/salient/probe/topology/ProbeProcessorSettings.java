package io.salient.probe.topology;

import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.training.Tier;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What decides how checkpoints are taken in and fitted.
 *
 * @param fit settings of the fits
 * @param coverages shares of a checkpoint's rows at which provisional probes are fitted
 * @param tiers that are asked for and have something to do, final among them
 * @param splits of the train sentences whose halves are fitted again, to tell drift from noise
 * @param controls control tasks of each concept, which are fitted all at once; 0 for none
 * @param matrixFolder where matrix files go
 * @param matrixKeepBytes of finished checkpoints
 * @param maxMatrixBytes of one checkpoint; larger ones are refused
 * @param provenance the settings that decide a fit, by name
 * @param encoding of matrices that are made
 */
public record ProbeProcessorSettings(
    FitSettings fit,
    List<Double> coverages,
    Set<Tier> tiers,
    int splits,
    int controls,
    Path matrixFolder,
    long matrixKeepBytes,
    long maxMatrixBytes,
    Map<String, String> provenance,
    MatrixEncoding encoding) {
  /** What neurons are ranked by. */
  RankingMethod method() {
    return fit.method();
  }

  /** The same for a result whose neurons another method ranked, in a life with other settings. */
  Map<String, String> provenance(RankingMethod rankedBy) {
    Map<String, String> of = new TreeMap<>(provenance);
    of.replace("method", rankedBy.text());
    return of;
  }

  /** Checks the coverages. */
  public ProbeProcessorSettings {
    coverages = List.copyOf(coverages);
    tiers = Collections.unmodifiableSet(EnumSet.copyOf(tiers)); // in their order
    for (double coverage : coverages) {
      if (!(coverage > 0 && coverage < 1)) {
        throw new IllegalArgumentException(
            "salient.probe.provisional-coverages: " + coverage + " is not between 0 and 1");
      }
    }
  }
}
