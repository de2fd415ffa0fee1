package io.salient.ranking.view;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.List;

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
   * The ranking of one concept. The JSON has the fields of all parts side by side: programs read it
   * so since before there were parts. The order is told by the names of parts, which the JSON
   * follows, and of their fields, which the OpenAPI document follows.
   *
   * @param concept its name
   * @param probe how well the concept is encoded
   * @param neurons where
   * @param evaluations beyond accuracy
   * @param notes problems people should know of
   */
  @JsonPropertyOrder({
    "concept",
    "probe",
    "method",
    "labels",
    "final",
    "coverage",
    "accuracy",
    "macroF1",
    "majority",
    "certificate",
    "neurons",
    "ranking",
    "reproducibility",
    "reproducibilityReason",
    "perLabel",
    "histogramSize",
    "layerHistogram",
    "meanLayer",
    "polysemous",
    "polysemousCount",
    "evaluations",
    "selectivity",
    "ablation",
    "lcaAblation",
    "minimalSet",
    "layerwise",
    "topWords",
    "agreement",
    "selection",
    "evaluationPending",
    "evaluationSeconds",
    "notes"
  })
  public record Concept(
      String concept,
      @JsonUnwrapped ProbeView probe,
      @JsonUnwrapped SalientView neurons,
      @JsonUnwrapped EvaluationViews.All evaluations,
      List<String> notes) {

    /** The view of a result. */
    public static Concept of(SalientNeurons neurons, int top) {
      ProbeReport report = neurons.getReport();
      return new Concept(
          neurons.getConcept(),
          ProbeView.of(report),
          SalientView.of(neurons, top),
          EvaluationViews.All.of(report, top),
          report.getNotes());
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
