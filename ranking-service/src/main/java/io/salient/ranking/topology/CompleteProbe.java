package io.salient.ranking.topology;

import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.FitCertificate;
import io.salient.schemas.avro.ProbeReport;
import java.util.List;

/**
 * A report with all its class probes.
 *
 * @param report closes the set
 * @param probes by label index, those with train words; none where nothing could be fitted
 * @param reportOnly true when the same fit was ranked before and only its report is new
 */
record CompleteProbe(ProbeReport report, List<ClassProbe> probes, boolean reportOnly) {
  /**
   * How many class probes belong to a report: one per label with train words, none where nothing
   * could be fitted.
   */
  static long expected(ProbeReport report) {
    return isFitted(report)
        ? report.getLabels().stream().filter(label -> label.getTrainCount() > 0).count()
        : 0;
  }

  /**
   * False where nothing could be fitted, such as a concept of one label: its certificate is of no
   * evaluation and yet not converged. A fit takes one evaluation at least; a method without a probe
   * takes none and is converged.
   */
  static boolean isFitted(ProbeReport report) {
    FitCertificate certificate = report.getCertificate();
    return certificate.getEvaluations() > 0 || certificate.getConverged();
  }
}
