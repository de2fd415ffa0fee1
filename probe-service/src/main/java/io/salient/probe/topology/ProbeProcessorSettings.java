package io.salient.probe.topology;

import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.matrix.MatrixEncoding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What decides how checkpoints are taken in and fitted.
 *
 * @param fit settings of the fits
 * @param coverages shares of a checkpoint's rows at which provisional probes are fitted
 * @param earlyWarning whether rankings that need no fit are sent before every fit
 * @param matrixFolder where matrix files go
 * @param matrixKeepBytes of finished checkpoints
 * @param maxMatrixBytes of one checkpoint; larger ones are refused
 * @param provenance the settings that decide a fit, by name
 * @param encoding of matrices that are made
 */
public record ProbeProcessorSettings(
    FitSettings fit,
    List<Double> coverages,
    boolean earlyWarning,
    Path matrixFolder,
    long matrixKeepBytes,
    long maxMatrixBytes,
    Map<String, String> provenance,
    MatrixEncoding encoding) {
  /** What neurons are ranked by, as provenance tells. */
  RankingMethod method() {
    return RankingMethod.of(provenance.getOrDefault("method", RankingMethod.LCA.text()));
  }

  /** Checks the coverages. */
  public ProbeProcessorSettings {
    coverages = List.copyOf(coverages);
    for (double coverage : coverages) {
      if (!(coverage > 0 && coverage < 1)) {
        throw new IllegalArgumentException(
            "salient.probe.provisional-coverages: " + coverage + " is not between 0 and 1");
      }
    }
  }
}
