package io.salient.ranking.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.FitCertificate;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;
import java.util.Map;

/**
 * The rankings of one checkpoint, as {@code salient rank --format json} prints them.
 *
 * @param run training run
 * @param step training step
 * @param checkpointId SHA-256 of the weights
 * @param corpus file name of the corpus
 * @param words words with a row and a label: train, dev and test; the most of any concept
 * @param layers number of layers, embeddings included
 * @param layerNumbers the model's own number of each, in the order of layer histograms
 * @param hidden units per layer
 * @param provenance all that is needed to compute it again
 * @param concepts one ranking each
 */
public record RankView(
    String run,
    long step,
    String checkpointId,
    String corpus,
    int words,
    int layers,
    List<Integer> layerNumbers,
    int hidden,
    Origin provenance,
    List<Concept> concepts) {

  /**
   * The ranking of one concept.
   *
   * @param concept its name
   * @param method what neurons are ranked by; no probe was fitted unless it is lca, contribution or
   *     neurox
   * @param labels its labels, by name
   * @param isFinal false while rows are still missing
   * @param coverage share of the rows that the fit saw, 0 to 1
   * @param accuracy on the test words, 0 to 1; null when there are none
   * @param macroF1 over the labels among the test words
   * @param majority share of the test words that the most frequent train label covers
   * @param certificate how near the optimum the fit is
   * @param ranking the first neurons over all labels
   * @param reproducibility how far another half of the corpus finds them, 0 to 1; null when not
   *     known
   * @param reproducibilityReason why it is not known; null otherwise
   * @param perLabel the first neurons of each label
   * @param histogramSize size k of the set that layerHistogram counts
   * @param layerHistogram how many of the first k neurons lie in each layer
   * @param meanLayer of the first k
   * @param polysemous neurons that are salient for two labels or more, most labels first
   * @param polysemousCount how many such neurons there are
   * @param selectivity accuracy beside control tasks; null when not evaluated
   * @param ablation accuracy with few neurons kept, without retraining; empty when not evaluated
   * @param lcaAblation the same by the paper's rule, lca, where contribution ranks; empty otherwise
   * @param minimalSet the fewest first neurons that do nearly as well; null when there is none
   * @param layerwise accuracy of one probe per layer; empty when not evaluated
   * @param topWords what the first neurons fire for; empty when not evaluated
   * @param agreement with other methods; null when none were asked for
   * @param selection neurons chosen by a selector; null when none was asked for
   * @param evaluationPending true while the evaluations are still to come
   * @param evaluationSeconds what each evaluation took for all concepts together, by name
   * @param notes problems people should know of
   */
  public record Concept(
      String concept,
      String method,
      List<String> labels,
      @JsonProperty("final") boolean isFinal,
      float coverage,
      Double accuracy,
      Double macroF1,
      Double majority,
      Certificate certificate,
      List<NeuronViews.Ranked> ranking,
      Double reproducibility,
      String reproducibilityReason,
      List<NeuronViews.OfLabel> perLabel,
      int histogramSize,
      List<Integer> layerHistogram,
      double meanLayer,
      List<EvaluationViews.Polysemous> polysemous,
      int polysemousCount,
      EvaluationViews.Selectivity selectivity,
      List<EvaluationViews.Ablation> ablation,
      List<EvaluationViews.Ablation> lcaAblation,
      EvaluationViews.MinimalSet minimalSet,
      List<EvaluationViews.Layer> layerwise,
      List<EvaluationViews.TopWords> topWords,
      AgreementView agreement,
      SelectionView selection,
      boolean evaluationPending,
      Map<String, Double> evaluationSeconds,
      List<String> notes) {

    /** The view of a result. */
    public static Concept of(SalientNeurons neurons, int top) {
      ProbeReport report = neurons.getReport();
      Evaluations evaluations = EvaluationViews.of(report);
      return new Concept(
          neurons.getConcept(),
          report.getMethod(),
          report.getLabels().stream().map(LabelReport::getLabel).toList(),
          report.getFinal$(),
          report.getCoverage(),
          report.getAccuracy(),
          report.getMacroF1(),
          report.getMajority(),
          Certificate.of(report.getCertificate()),
          NeuronViews.Ranked.of(neurons.getRanking(), top),
          neurons.getReproducibility(),
          reason(neurons),
          NeuronViews.OfLabel.of(neurons, top),
          neurons.getHistogramSize(),
          neurons.getLayerHistogram(),
          neurons.getMeanLayer(),
          EvaluationViews.Polysemous.of(neurons, top),
          neurons.getPolysemousCount(),
          EvaluationViews.Selectivity.of(evaluations.getSelectivity()),
          evaluations.getAblation().stream().map(EvaluationViews.Ablation::of).toList(),
          evaluations.getLcaAblation().stream().map(EvaluationViews.Ablation::of).toList(),
          EvaluationViews.MinimalSet.of(evaluations.getMinimalSet()),
          evaluations.getLayerwise().stream().map(EvaluationViews.Layer::of).toList(),
          NeuronViews.first(evaluations.getTopWords(), top).stream()
              .map(EvaluationViews.TopWords::of)
              .toList(),
          AgreementView.of(report.getAgreement(), top),
          SelectionView.of(report.getSelection()),
          report.getTiers().contains("evaluation"),
          EvaluationViews.seconds(report),
          report.getNotes());
    }
  }

  /** Null where reproducibility is known, and in records of versions before. */
  static String reason(SalientNeurons neurons) {
    String reason = neurons.getReproducibilityReason();
    return reason.isEmpty() ? null : reason;
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
  }

  /**
   * The view of one checkpoint's results.
   *
   * @param concepts at least one, all of the same run, step and checkpoint
   * @param top how many neurons to list, over all labels and per label
   */
  public static RankView of(List<SalientNeurons> concepts, int top) {
    SalientNeurons first = concepts.getFirst();
    return new RankView(
        first.getRun(),
        first.getStep(),
        first.getCheckpointId(),
        first.getReport().getProvenance().getCorpus(),
        concepts.stream().mapToInt(RankView::words).max().orElse(0),
        first.getReport().getLayers(),
        ReportLayers.of(first.getReport()).numbers(),
        first.getReport().getHiddenSize(),
        Origin.of(first.getReport().getProvenance()),
        concepts.stream().map(concept -> Concept.of(concept, top)).toList());
  }

  static int words(SalientNeurons neurons) {
    ProbeReport report = neurons.getReport();
    return report.getTrainWords() + report.getDevWords() + report.getTestWords();
  }
}
