package io.salient.lca.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.lca.Split;
import io.salient.lca.StandardizedRows;
import io.salient.lca.Standardizer;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Accuracy of trained probes when only some of their neurons are kept and the others stay at their
 * mean, without retraining (Dalvi et al., AAAI 2019): the first of the ranking, as many at random,
 * and as many from its end.
 *
 * <p>One pass over the words for all curves of all concepts. Scores grow by groups of neurons in
 * the order of the ranking, one matrix product each, so that a curve costs one product over the
 * largest share kept, whatever the number of its points.
 */
final class Ablation {
  /** Shares kept, ascending. */
  static final double[] KEPT = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

  private final EvaluationData data;
  private final Standardizer standardizer;
  private final boolean standardized;
  private final Masking masking;

  /**
   * What is masked and where it is measured.
   *
   * @param part of the corpus whose words are used
   * @param kept shares of the neurons, ascending
   * @param randomDraws random orders; with 0 the accuracy of random sets is 0
   * @param seed of the random orders
   */
  record Masking(byte part, double[] kept, int randomDraws, long seed) {
    /** The curves of a report: {@link #KEPT} on the test words. */
    static Masking ofReport(EvaluationSettings settings) {
      return new Masking(Split.TEST, KEPT, settings.randomDraws(), settings.seed());
    }
  }

  /**
   * Measures.
   *
   * @param standardizer of the train words
   * @param standardized whether the probes were fitted on standardised activations
   */
  Ablation(EvaluationData data, Standardizer standardizer, boolean standardized, Masking masking) {
    this.data = data;
    this.standardizer = standardized ? standardizer : standardizer.centring();
    this.standardized = standardized;
    this.masking = masking;
  }

  /** How many of D neurons a share is: at least one. */
  static int neurons(double share, int width) {
    return (int) Math.max(1, Math.round(share * width));
  }

  /** One list of points per concept, in their order; empty where no word has a label. */
  List<List<AblationPoint>> of(List<RankedConcept> concepts, Steps steps) {
    int[] words = data.rowsOf(masking.part());
    try (NDManager manager = TorchEngine.newManager();
        TorchProgram program = TorchProgram.compile("masking", AblationProgram.SOURCE)) {
      List<List<MaskedProbe>> curves =
          concepts.stream().map(concept -> curves(concept, manager)).toList();
      StandardizedRows.each(
          data.matrix(),
          standardizer,
          words,
          (values, first, count) -> {
            measure(program, manager, curves, values, words, first, count);
            steps.goOn();
          });
      return curves.stream().map(this::points).toList();
    }
  }

  /** Top, bottom, then the random ones. */
  private List<MaskedProbe> curves(RankedConcept concept, NDManager manager) {
    List<int[]> orders = new ArrayList<>();
    orders.add(concept.order());
    orders.add(reversed(concept.order()));
    for (int draw = 0; draw < masking.randomDraws(); draw++) {
      orders.add(RandomOrder.of(concept.order().length, draw, masking.seed()));
    }
    double[] mean = standardized ? new double[concept.order().length] : standardizer.mean();
    return orders.stream()
        .map(
            order ->
                new MaskedProbe(
                    concept.labels(), concept.probe(), order, masking.kept(), mean, manager))
        .toList();
  }

  static int[] reversed(int[] order) {
    int[] reversed = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      reversed[i] = order[order.length - 1 - i];
    }
    return reversed;
  }

  private void measure(
      TorchProgram program,
      NDManager manager,
      List<List<MaskedProbe>> curves,
      MemorySegment values,
      int[] words,
      int first,
      int count) {
    try (NDManager block = manager.newSubManager()) {
      NDArray x = TorchEngine.view(block, values, new Shape(count, data.matrix().width()));
      for (List<MaskedProbe> ofConcept : curves) {
        for (MaskedProbe masked : ofConcept) {
          masked.measure(program, block, x, words, first, count);
        }
      }
    }
  }

  private List<AblationPoint> points(List<MaskedProbe> curves) {
    List<AblationPoint> points = new ArrayList<>();
    for (int k = 0; k < masking.kept().length && curves.getFirst().words() > 0; k++) {
      double random = 0;
      for (MaskedProbe draw : curves.subList(2, curves.size())) {
        random += draw.accuracy(k) / (curves.size() - 2);
      }
      points.add(
          new AblationPoint(
              masking.kept()[k],
              neurons(masking.kept()[k], data.matrix().width()),
              curves.get(0).accuracy(k),
              random,
              curves.get(1).accuracy(k)));
    }
    return points;
  }
}
