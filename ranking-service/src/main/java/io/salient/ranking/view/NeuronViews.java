package io.salient.ranking.view;

import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.MovedNeuron;
import io.salient.schemas.avro.PolysemousNeuron;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.WeightedNeuron;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Neurons as people see them: by layer and unit. */
public final class NeuronViews {
  private NeuronViews() {}

  /**
   * A place of the ranking over all labels.
   *
   * @param rank 1 is the most salient
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param score of lca and neurox the share of weight mass before it, least over labels, 0 being
   *     the most salient; of other methods the higher the more salient
   */
  public record Ranked(int rank, int layer, int unit, double score) {
    static List<Ranked> of(List<RankedNeuron> ranking, int top) {
      List<Ranked> views = new ArrayList<>();
      for (RankedNeuron neuron : first(ranking, top)) {
        views.add(
            new Ranked(views.size() + 1, neuron.getLayer(), neuron.getUnit(), neuron.getScore()));
      }
      return views;
    }
  }

  /**
   * A neuron of a label.
   *
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param weight signed, in standardised space
   * @param mass share of the label's weight from the strongest neuron to this one
   */
  public record Weighted(int layer, int unit, float weight, double mass) {
    static Weighted of(WeightedNeuron neuron) {
      return new Weighted(
          neuron.getLayer(), neuron.getUnit(), neuron.getWeight(), neuron.getMass());
    }
  }

  /**
   * The neurons of one label.
   *
   * @param label the label
   * @param count its train words
   * @param belowMinimum true when too rare to take part in the ranking over all labels
   * @param massSetSize the least number of neurons that hold half of the label's weight
   * @param precision on the test words, 0 to 1; null when never predicted
   * @param recall on the test words, 0 to 1; null when not among them
   * @param f1 on the test words, 0 to 1; null when neither predicted nor present
   * @param neurons strongest first
   */
  public record OfLabel(
      String label,
      int count,
      boolean belowMinimum,
      int massSetSize,
      Double precision,
      Double recall,
      Double f1,
      List<Weighted> neurons) {
    static List<OfLabel> of(SalientNeurons neurons, int top) {
      Map<String, LabelReport> reports =
          neurons.getReport().getLabels().stream()
              .collect(Collectors.toMap(LabelReport::getLabel, Function.identity()));
      return neurons.getPerLabel().stream()
          .map(label -> of(label, reports.get(label.getLabel()), top))
          .toList();
    }

    private static OfLabel of(LabelNeurons label, LabelReport report, int top) {
      return new OfLabel(
          label.getLabel(),
          label.getCount(),
          label.getBelowMinimum(),
          label.getMassSetSize(),
          report.getPrecision(),
          report.getRecall(),
          report.getF1(),
          first(label.getNeurons(), top).stream().map(Weighted::of).toList());
    }
  }

  /**
   * A neuron that entered or left the first k.
   *
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param rankA rank in A (the other checkpoint of a drift), 1 is the most salient
   * @param rankB rank in B (this checkpoint of a drift)
   */
  public record Moved(int layer, int unit, int rankA, int rankB) {
    static List<Moved> of(List<MovedNeuron> neurons) {
      return neurons.stream()
          .map(n -> new Moved(n.getLayer(), n.getUnit(), n.getRankBefore(), n.getRankAfter()))
          .toList();
    }
  }

  /**
   * A neuron that several labels share.
   *
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   * @param labels it is among the neurons that hold half of the mass of each
   */
  public record Polysemous(int layer, int unit, List<String> labels) {
    static List<Polysemous> of(SalientNeurons neurons, int top) {
      return first(neurons.getPolysemous(), top).stream()
          .map(neuron -> of(neuron, neurons.getReport()))
          .toList();
    }

    private static Polysemous of(PolysemousNeuron neuron, ProbeReport report) {
      return new Polysemous(
          neuron.getLayer(),
          neuron.getUnit(),
          neuron.getLabels().stream().map(i -> report.getLabels().get(i).getLabel()).toList());
    }
  }

  static <T> List<T> first(List<T> all, int top) {
    return all.subList(0, Math.min(top, all.size()));
  }
}
