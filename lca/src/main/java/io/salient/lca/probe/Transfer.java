package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A probe of one checkpoint, applied unchanged to the activations of another: W and b stay, the
 * activations are standardised by their own train words, as everywhere.
 */
public final class Transfer {
  private Transfer() {}

  /**
   * Test accuracy of probes on activations that they were not fitted on.
   *
   * @param probes one per concept, with the same labels as in labels
   * @param labels the labels of all N words, in the order of the probes
   * @param rows corpus word indices of the rows that are there, ascending
   * @return shares 0..1; NaN where there are no labelled test words
   */
  public static double[] accuracy(
      List<Probe> probes,
      List<ConceptLabels> labels,
      ActivationMatrix matrix,
      int[] rows,
      Split split,
      FitSettings settings) {
    int[] train = split.rows(Split.Part.TRAIN, rows);
    int[] test = split.rows(Split.Part.TEST, rows);
    double[] accuracy = new double[probes.size()];
    if (train.length == 0 || probes.isEmpty()) {
      java.util.Arrays.fill(accuracy, Double.NaN);
      return accuracy;
    }
    Standardizer standardizer =
        settings.standardize()
            ? Standardizer.fit(matrix, train)
            : Standardizer.identity(matrix.width());
    try (ElasticNet net = new ElasticNet()) {
      int[][] answers = new Answers(net, matrix, standardizer).of(aligned(probes, labels), test);
      for (int k = 0; k < accuracy.length; k++) {
        accuracy[k] = Results.report(labels.get(k), test, answers[k]).accuracy();
      }
    }
    return accuracy;
  }

  /** The probes with their rows in the order of the labels now. */
  private static List<Probe> aligned(List<Probe> probes, List<ConceptLabels> labels) {
    List<Probe> aligned = new ArrayList<>();
    for (int k = 0; k < probes.size(); k++) {
      Probe probe = probes.get(k);
      List<String> names = labels.get(k).labels();
      float[][] weights = new float[names.size()][];
      float[] bias = new float[names.size()];
      for (int label = 0; label < weights.length; label++) {
        int from = probe.labels().indexOf(names.get(label));
        if (from >= 0) {
          weights[label] = probe.weights()[from];
          bias[label] = probe.bias()[from];
        }
      }
      aligned.add(new Probe(probe.concept(), names, weights, bias));
    }
    return aligned;
  }
}
