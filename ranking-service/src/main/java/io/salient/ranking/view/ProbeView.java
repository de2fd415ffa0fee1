package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.salient.schemas.avro.FitCertificate;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import java.util.List;
import java.util.Locale;

/**
 * How well one concept can be read from one checkpoint.
 *
 * @param method what neurons are ranked by; no probe was fitted unless it is lca, contribution or
 *     neurox
 * @param labels its labels, by name
 * @param isFinal false while rows are still missing
 * @param coverage share of the rows that the fit saw, 0 to 1
 * @param accuracy on the test words, 0 to 1; null when there are none
 * @param macroF1 over the labels among the test words
 * @param majority share of the test words that the most frequent train label covers
 * @param certificate how near the optimum the fit is
 */
public record ProbeView(
    String method,
    List<String> labels,
    @JsonProperty("final") boolean isFinal,
    float coverage,
    Double accuracy,
    Double macroF1,
    Double majority,
    Certificate certificate) {
  static ProbeView of(ProbeReport report) {
    return new ProbeView(
        report.getMethod(),
        report.getLabels().stream().map(LabelReport::getLabel).toList(),
        report.getFinal$(),
        report.getCoverage(),
        report.getAccuracy(),
        report.getMacroF1(),
        report.getMajority(),
        Certificate.of(report.getCertificate()));
  }

  /**
   * How near a fit is to its optimum.
   *
   * @param objective mean cross-entropy + l1 ||W||_1 + l2 ||W||_F^2
   * @param relativeStep norm of the proximal-gradient step relative to max(1, objective)
   * @param evaluations of loss and gradient
   * @param converged true when the gap, or where none is known relativeStep, reached the tolerance
   * @param gap proved bound on how far the objective is above its minimum, as a share of it; null
   *     where none is known
   */
  public record Certificate(
      double objective, double relativeStep, int evaluations, boolean converged, Double gap) {
    static Certificate of(FitCertificate certificate) {
      return new Certificate(
          certificate.getObjective(),
          certificate.getRelativeStep(),
          certificate.getEvaluations(),
          certificate.getConverged(),
          certificate.getGap());
    }

    /** How near, for people. */
    public String inWords() {
      return gap == null
          ? String.format(Locale.ROOT, "relative step %.1e", relativeStep)
          : String.format(Locale.ROOT, "at most %.1e above the optimum", gap);
    }
  }
}
