package io.salient.ranking.view;

import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.DriftAgainst;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One concept at one checkpoint, with everything that is known of it.
 *
 * @param run training run
 * @param step training step
 * @param checkpointId SHA-256 of the weights
 * @param baseline announced as what drift is measured against
 * @param layers number of layers, embeddings included
 * @param layerNumbers the model's own number of each, in the order of layer histograms
 * @param hidden units per layer
 * @param ranking neurons, accuracy, certificate, coverage
 * @param words how many words there were
 * @param labels how often each label occurs and how well it is predicted
 * @param minLabelCount labels with fewer train words have no part in the ranking over all labels
 * @param devAccuracy on the dev words
 * @param transferAccuracy of the baseline's probe applied unchanged; null when not known
 * @param fitSeconds the joint fit took
 * @param driftBaseline against the baseline; null for the baseline itself
 * @param driftPrevious against the step before; null for the first
 * @param provenance all that is needed to compute it again
 * @param announcedAt when the checkpoint was announced
 */
public record StepView(
    String run,
    long step,
    String checkpointId,
    boolean baseline,
    int layers,
    List<Integer> layerNumbers,
    int hidden,
    RankView.Concept ranking,
    Words words,
    List<Label> labels,
    int minLabelCount,
    Double devAccuracy,
    Double transferAccuracy,
    double fitSeconds,
    CompareView driftBaseline,
    CompareView driftPrevious,
    Origin provenance,
    Instant announcedAt) {

  /**
   * Counts of words.
   *
   * @param train the fit used
   * @param dev seen
   * @param test seen
   * @param truncated without a row: longer than the position limit
   * @param dropped without a row: no subword
   */
  public record Words(int train, int dev, int test, int truncated, int dropped) {}

  /**
   * One label.
   *
   * @param label its name
   * @param train its train words
   * @param dev its dev words
   * @param test its test words
   * @param precision on the test words; null when never predicted
   * @param recall on the test words; null when not among them
   * @param f1 on the test words; null when neither predicted nor present
   */
  public record Label(
      String label, int train, int dev, int test, Double precision, Double recall, Double f1) {
    static Label of(LabelReport label) {
      return new Label(
          label.getLabel(),
          label.getTrainCount(),
          label.getDevCount(),
          label.getTestCount(),
          label.getPrecision(),
          label.getRecall(),
          label.getF1());
    }
  }

  /** How well the concept is encoded. */
  public ProbeView probe() {
    return ranking.probe();
  }

  /** Where it is encoded. */
  public SalientView neurons() {
    return ranking.neurons();
  }

  /** What the probe was put to beyond accuracy. */
  public EvaluationViews.All evaluations() {
    return ranking.evaluations();
  }

  /** Drift from the baseline; empty for the baseline itself. */
  public Optional<CompareView> drift() {
    return Optional.ofNullable(driftBaseline);
  }

  /** Number of neurons D. */
  public int width() {
    return layers * hidden;
  }

  /**
   * The view of a result and its drift.
   *
   * @param drift of this step
   * @param top how many neurons to list, over all labels and per label
   */
  public static StepView of(SalientNeurons neurons, List<NeuronDrift> drift, int top) {
    ProbeReport report = neurons.getReport();
    return new StepView(
        neurons.getRun(),
        neurons.getStep(),
        neurons.getCheckpointId(),
        neurons.getBaseline(),
        report.getLayers(),
        ReportLayers.of(report).numbers(),
        report.getHiddenSize(),
        RankView.Concept.of(neurons, top),
        new Words(
            report.getTrainWords(),
            report.getDevWords(),
            report.getTestWords(),
            report.getTruncatedWords(),
            report.getDroppedWords()),
        report.getLabels().stream().map(Label::of).toList(),
        report.getMinLabelCount(),
        report.getDevAccuracy(),
        report.getTransferAccuracy(),
        report.getFitSeconds(),
        against(DriftAgainst.BASELINE, drift),
        against(DriftAgainst.PREVIOUS, drift),
        Origin.of(report.getProvenance()),
        report.getAnnouncedAt());
  }

  private static CompareView against(DriftAgainst against, List<NeuronDrift> drift) {
    return drift.stream()
        .filter(d -> d.getAgainst() == against)
        .map(CompareView::of)
        .findFirst()
        .orElse(null);
  }
}
