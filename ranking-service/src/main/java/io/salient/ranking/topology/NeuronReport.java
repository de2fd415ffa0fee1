package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.lca.drift.LayerShift;
import io.salient.lca.evaluation.Polysemy;
import io.salient.lca.ranking.LabelRanking;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.RankingMethod;
import io.salient.schemas.AvroSerde;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.PolysemousNeuron;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.WeightedNeuron;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Ranks a probe and writes down what people see of it.
 *
 * <p>A result stays under {@link #MAX_BYTES}: with many labels, each lists as many neurons as fit,
 * at most {@code salient.ranking.top}. 50 labels of 500 neurons fit.
 */
final class NeuronReport {
  /** Below Kafka's default record limit of 1 MB, with room for keys and headers. */
  static final int MAX_BYTES = 900_000;

  /** Share of a label's mass that {@code massSetSize} is about. */
  private static final double MASS = 0.5;

  /** Largest encodings: layer and unit of 3 bytes, weight 4, mass or score 8. */
  private static final int RANKED_BYTES = 14;

  private static final int WEIGHTED_BYTES = 18;
  private static final int LABEL_BYTES = 32;

  /** What the neurons of several labels may take, and one of them: layer, unit, list of labels. */
  private static final int MAX_POLYSEMOUS_BYTES = 60_000;

  private static final int POLYSEMOUS_BYTES = 12;
  private static final int LABEL_INDEX_BYTES = 3;

  private static final AvroSerde<ProbeReport> REPORTS = AvroSerde.of(ProbeReport.class);

  private final ProbeReport report;
  private final LayerMap layers;
  private final int top;
  private final int topPerLabel;
  private final MethodRanker ranker;
  private final Polysemy polysemy;
  private final List<LabelNeurons> perLabel = new ArrayList<>();

  private NeuronReport(ProbeReport complete, int labels, int top) {
    this.ranker = MethodRanker.of(complete);
    this.report = withoutNeurons(complete);
    this.layers = ReportLayers.of(report);
    this.top = Math.min(top, ProbeChecks.width(report));
    this.topPerLabel = topPerLabel(report, labels, this.top);
    this.polysemy = new Polysemy(ProbeChecks.width(report), MASS);
  }

  /** Ranks a complete probe. */
  static RankedProbe of(CompleteProbe probe, int top) {
    NeuronReport made = new NeuronReport(probe.report(), probe.probes().size(), top);
    probe.probes().forEach(made::add);
    Optional<NeuronRanking> ranking = made.ranker.ranking();
    return new RankedProbe(probe.report(), Optional.of(made.neurons(ranking)), ranking);
  }

  /**
   * What neurons are ranked by is no part of a result: the ranking is.
   *
   * @param report the caller's own, which loses it
   */
  private static ProbeReport withoutNeurons(ProbeReport report) {
    report.setContributions(ByteBuffer.allocate(0));
    report.setEntryLevels(ByteBuffer.allocate(0));
    return report;
  }

  private static int topPerLabel(ProbeReport report, int labels, int top) {
    if (labels == 0) {
      return 0;
    }
    long names = report.getLabels().stream().mapToLong(l -> 3L * l.getLabel().length()).sum();
    long layers = 5L * report.getLayers();
    long room =
        MAX_BYTES
            - REPORTS.encode(report).length
            - names
            - layers
            - (long) RANKED_BYTES * top
            - MAX_POLYSEMOUS_BYTES;
    return Math.clamp((room / labels - LABEL_BYTES) / WEIGHTED_BYTES, 0, top);
  }

  private void add(ClassProbe probe) {
    LabelReport label = report.getLabels().get(probe.getLabelIndex());
    float[] weights = WeightCodec.decode(probe.getWeights(), ProbeChecks.width(report));
    LabelRanking ranking = LabelRanking.of(weights);
    boolean belowMinimum = label.getTrainCount() < report.getMinLabelCount();
    if (!belowMinimum) {
      ranker.add(weights, ranking);
      if (RankingMethod.of(report.getMethod()).tellsLabelsApart()) {
        polysemy.add(probe.getLabelIndex(), ranking);
      }
    }
    perLabel.add(
        LabelNeurons.newBuilder()
            .setLabel(label.getLabel())
            .setCount(label.getTrainCount())
            .setBelowMinimum(belowMinimum)
            .setMassSetSize(ranking.massSetSize(MASS))
            .setNeurons(weighted(ranking))
            .build());
  }

  private List<WeightedNeuron> weighted(LabelRanking ranking) {
    List<WeightedNeuron> neurons = new ArrayList<>();
    for (int place = 0; place < Math.min(topPerLabel, ranking.size()); place++) {
      neurons.add(
          WeightedNeuron.newBuilder()
              .setLayer(layers.layerOf(ranking.neuronAt(place)))
              .setUnit(layers.unitOf(ranking.neuronAt(place)))
              .setWeight(ranking.weightAt(place))
              .setMass(ranking.massThrough(place))
              .build());
    }
    return neurons;
  }

  private SalientNeurons neurons(Optional<NeuronRanking> ranking) {
    int[] first = ranking.map(r -> r.top(top)).orElseGet(() -> new int[0]);
    int[] histogram = LayerShift.histogram(first, layers);
    List<Polysemy.Shared> shared = polysemy.shared();
    return SalientNeurons.newBuilder()
        .setRun(report.getRun())
        .setStep(report.getStep())
        .setCheckpointId(report.getCheckpointId())
        .setBaseline(report.getBaseline())
        .setConcept(report.getConcept())
        .setReport(explained(report, ranking.isPresent(), perLabel))
        .setRanking(ranking.map(r -> ranked(r, first)).orElseGet(List::of))
        .setPerLabel(perLabel)
        .setHistogramSize(first.length)
        .setLayerHistogram(Arrays.stream(histogram).boxed().toList())
        .setMeanLayer(LayerShift.meanLayer(histogram, layers))
        .setPolysemous(polysemous(shared))
        .setPolysemousCount(shared.size())
        .build();
  }

  /** As many as fit. */
  private List<PolysemousNeuron> polysemous(List<Polysemy.Shared> shared) {
    List<PolysemousNeuron> neurons = new ArrayList<>();
    int bytes = 0;
    for (Polysemy.Shared neuron : shared) {
      bytes += POLYSEMOUS_BYTES + LABEL_INDEX_BYTES * neuron.labels().size();
      if (bytes > MAX_POLYSEMOUS_BYTES) {
        break;
      }
      neurons.add(
          new PolysemousNeuron(
              layers.layerOf(neuron.neuron()), layers.unitOf(neuron.neuron()), neuron.labels()));
    }
    return neurons;
  }

  private List<RankedNeuron> ranked(NeuronRanking ranking, int[] first) {
    return Arrays.stream(first)
        .mapToObj(
            neuron ->
                RankedNeuron.newBuilder()
                    .setLayer(layers.layerOf(neuron))
                    .setUnit(layers.unitOf(neuron))
                    .setScore(ranking.scoreOf(neuron))
                    .build())
        .toList();
  }

  /**
   * The report with notes that say why there is no ranking, or which labels are lost to the probe;
   * one without a fit has its own.
   */
  static ProbeReport explained(ProbeReport made, boolean ranked, List<LabelNeurons> perLabel) {
    ProbeReport report = withoutNeurons(made);
    List<String> notes = new ArrayList<>(report.getNotes());
    if (CompleteProbe.isFitted(report) && !ranked) {
      notes.add(
          "nothing is ranked: no label has at least "
              + report.getMinLabelCount()
              + " train words and a weight other than zero");
    }
    List<String> lost =
        perLabel.stream()
            .filter(label -> !label.getBelowMinimum() && label.getMassSetSize() == 0)
            .map(LabelNeurons::getLabel)
            .toList();
    if (ranked && !lost.isEmpty()) {
      notes.add("lost to this probe, all weights are zero: " + String.join(", ", lost));
    }
    return notes.equals(report.getNotes())
        ? report
        : ProbeReport.newBuilder(report).setNotes(notes).build();
  }
}
