package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.Split;
import io.salient.lca.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
              heads.get(k), answers(labels, dev, devSaid[k]), answers(labels, test, testSaid[k])));
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

  /** What a probe said of those words that have a label. */
  static Answers answers(ConceptLabels labels, int[] rows, int[] said) {
    int[] labelled =
        IntStream.range(0, rows.length).filter(i -> labels.codes()[rows[i]] >= 0).toArray();
    return new Answers(
        IntStream.of(labelled).map(i -> rows[i]).toArray(),
        IntStream.of(labelled).map(i -> labels.codes()[rows[i]]).toArray(),
        IntStream.of(labelled).map(i -> said[i]).toArray());
  }

  private Evaluation evaluation(Head head, Answers devAnswers, Answers answers) {
    ClassificationReport dev = devAnswers.report(head.labels().labels().size());
    ClassificationReport test = answers.report(head.labels().labels().size());
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
        test.share(Evaluation.commonest(train)),
        scores,
        answers,
        devAnswers);
  }
}
