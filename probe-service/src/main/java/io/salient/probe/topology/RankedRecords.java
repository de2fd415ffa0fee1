package io.salient.probe.topology;

import io.salient.lca.LayerMap;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.NeuronSelection;
import io.salient.probe.training.FitOutcome;
import io.salient.schemas.avro.LabelSelection;
import io.salient.schemas.avro.MethodAgreement;
import io.salient.schemas.avro.MethodOverlap;
import io.salient.schemas.avro.MethodRanking;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronChoice;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RankedNeuron;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Agreement of methods and chosen neurons as records; with their bounds they take 400 KB at most.
 */
final class RankedRecords {
  private static final int MOST_NEURONS = 40_000;
  private static final int MOST_LABEL_NEURONS = 20_000;

  private RankedRecords() {}

  /** Adds what there is to an evaluation of the concept with these labels. */
  static void add(
      ProbeEvaluation.Builder evaluation,
      FitOutcome.Ranked ranked,
      String selector,
      List<String> labels,
      LayerMap layers) {
    evaluation
        .setAgreement(
            ranked.agreement().map(agreement -> agreement(agreement, layers)).orElse(null))
        .setSelection(
            ranked
                .selection()
                .map(selection -> choice(selection, selector, labels, layers))
                .orElse(null));
  }

  private static MethodAgreement agreement(
      io.salient.lca.ranking.MethodAgreement agreement, LayerMap layers) {
    int depth = agreement.depth();
    return new MethodAgreement(
        depth,
        agreement.rankings().entrySet().stream()
            .map(
                one ->
                    MethodRanking.newBuilder()
                        .setMethod(one.getKey().text())
                        .setRanking(first(one.getValue(), depth, layers))
                        .build())
            .toList(),
        agreement.overlaps().stream()
            .map(
                two ->
                    new MethodOverlap(
                        two.first().text(), two.second().text(), two.averageOverlap()))
            .toList(),
        first(agreement.borda(), depth, layers));
  }

  /** The first neurons of a ranking. */
  static List<RankedNeuron> first(NeuronRanking ranking, int most, LayerMap layers) {
    List<RankedNeuron> neurons = new ArrayList<>();
    for (int neuron : ranking.top(most)) {
      neurons.add(
          new RankedNeuron(layers.layerOf(neuron), layers.unitOf(neuron), ranking.scoreOf(neuron)));
    }
    return neurons;
  }

  private static NeuronChoice choice(
      NeuronSelection selection, String selector, List<String> labels, LayerMap layers) {
    int[] all = selection.all();
    int ofLabels = selection.perLabel().stream().mapToInt(neurons -> neurons.length).sum();
    List<LabelSelection> perLabel = new ArrayList<>();
    for (int[] neurons : selection.perLabel()) {
      perLabel.add(
          new LabelSelection(
              labels.get(perLabel.size()),
              neurons.length,
              ofLabels > MOST_LABEL_NEURONS ? List.of() : neurons(neurons, layers)));
    }
    return new NeuronChoice(
        selector,
        all.length,
        neurons(Arrays.copyOf(all, Math.min(all.length, MOST_NEURONS)), layers),
        perLabel);
  }

  private static List<Neuron> neurons(int[] neurons, LayerMap layers) {
    return Arrays.stream(neurons)
        .mapToObj(neuron -> new Neuron(layers.layerOf(neuron), layers.unitOf(neuron)))
        .toList();
  }
}
