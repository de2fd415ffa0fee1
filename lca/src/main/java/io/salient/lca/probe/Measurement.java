package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures fitted concepts on the dev and test words. */
record Measurement(
    ActivationMatrix matrix,
    Split split,
    FitSettings settings,
    Standardizer standardizer,
    Watch watch) {

  List<Evaluation> of(List<Head> heads, int[] rows) {
    int[] dev = split.rowsOf(Split.DEV, rows);
    int[] test = split.rowsOf(Split.TEST, rows);
    List<Probe> probes = heads.stream().map(Head::probe).toList();
    int[][] devSaid = predict(probes, dev, 0, 1.0 / 3);
    int[][] testSaid = predict(probes, test, 1.0 / 3, 2.0 / 3);
    List<Evaluation> evaluations = new ArrayList<>();
    for (int k = 0; k < heads.size(); k++) {
      ConceptLabels labels = heads.get(k).labels();
      evaluations.add(
          evaluation(
              heads.get(k), report(labels, dev, devSaid[k]), report(labels, test, testSaid[k])));
    }
    return evaluations;
  }

  private int[][] predict(List<Probe> probes, int[] rows, double from, double share) {
    int[][] said =
        Predictions.of(
            probes,
            matrix,
            standardizer,
            rows,
            done -> watch.report(FitProgress.Phase.EVALUATE, from + share * done));
    watch.report(FitProgress.Phase.EVALUATE, from + share);
    return said;
  }

  /** Compares what a probe said with the labels, where there are any. */
  static ClassificationReport report(ConceptLabels labels, int[] rows, int[] said) {
    ClassificationReport report = new ClassificationReport(labels.labels().size());
    for (int i = 0; i < rows.length; i++) {
      if (labels.codes()[rows[i]] >= 0) {
        report.add(labels.codes()[rows[i]], said[i]);
      }
    }
    return report;
  }

  private Evaluation evaluation(Head head, ClassificationReport dev, ClassificationReport test) {
    int[] train = head.trainCounts();
    List<LabelScore> scores = new ArrayList<>();
    for (int label = 0; label < train.length; label++) {
      scores.add(
          new LabelScore(
              head.labels().labels().get(label),
              train[label],
              dev.count(label),
              test.count(label),
              train[label] < settings.minLabelCount(),
              test.precision(label),
              test.recall(label),
              test.f1(label)));
    }
    return new Evaluation(
        Arrays.stream(train).sum(),
        dev.words(),
        test.words(),
        test.accuracy(),
        dev.accuracy(),
        test.macroF1(),
        test.share(mostFrequent(train)),
        scores);
  }

  private static int mostFrequent(int[] counts) {
    int most = 0;
    for (int label = 1; label < counts.length; label++) {
      most = counts[label] > counts[most] ? label : most;
    }
    return most;
  }
}
