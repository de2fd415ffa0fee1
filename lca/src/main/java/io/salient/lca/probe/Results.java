package io.salient.lca.probe;

import io.salient.lca.Split;
import io.salient.lca.evaluation.ClassificationReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns finished heads into results: asks the probes about the dev and test words. */
final class Results {
  private final FitSettings settings;
  private final int[] dev;
  private final int[] test;
  private final Answers answers;

  Results(Split split, FitSettings settings, int[] rows, Answers answers) {
    this.settings = settings;
    this.dev = split.rows(Split.Part.DEV, rows);
    this.test = split.rows(Split.Part.TEST, rows);
    this.answers = answers;
  }

  List<FitResult> of(List<Head> heads, List<Head> fitted, long start) {
    List<Probe> probes = fitted.stream().map(Head::probe).toList();
    int[][] onDev = answers.of(probes, dev);
    int[][] onTest = answers.of(probes, test);
    double seconds = (System.nanoTime() - start) / 1e9;
    List<FitResult> results = new ArrayList<>();
    for (Head head : heads) {
      int k = fitted.indexOf(head);
      results.add(
          k < 0
              ? unfitted(head, seconds)
              : result(
                  head,
                  probes.get(k),
                  report(head, dev, onDev[k]),
                  report(head, test, onTest[k]),
                  seconds));
    }
    return results;
  }

  private FitResult result(
      Head head, Probe probe, ClassificationReport dev, ClassificationReport test, double seconds) {
    return new FitResult(
        head.labels(),
        probe,
        null,
        head.optimiser().certificate(),
        head.trainCounts(),
        Head.counts(head.labels(), this.dev),
        test,
        dev,
        majority(head, test),
        seconds);
  }

  private FitResult unfitted(Head head, double seconds) {
    ClassificationReport nothing = new ClassificationReport(0, new int[0], new int[0]);
    return new FitResult(
        head.labels(),
        null,
        head.problem(settings),
        Certificate.NONE,
        head.trainCounts(),
        Head.counts(head.labels(), dev),
        nothing,
        nothing,
        Double.NaN,
        seconds);
  }

  private static double majority(Head head, ClassificationReport test) {
    int most = 0;
    for (int label = 1; label < head.trainCounts().length; label++) {
      if (head.trainCounts()[label] > head.trainCounts()[most]) {
        most = label;
      }
    }
    return test.words() == 0 ? Double.NaN : (double) test.count(most) / test.words();
  }

  /** Compares answers with the labels of those rows that have one. */
  static ClassificationReport report(ConceptLabels labels, int[] rows, int[] answers) {
    int[] labelled =
        java.util.stream.IntStream.range(0, rows.length)
            .filter(i -> labels.codes()[rows[i]] >= 0)
            .toArray();
    return new ClassificationReport(
        labels.labels().size(),
        Arrays.stream(labelled).map(i -> labels.codes()[rows[i]]).toArray(),
        Arrays.stream(labelled).map(i -> answers[i]).toArray());
  }

  private static ClassificationReport report(Head head, int[] rows, int[] answers) {
    return report(head.labels(), rows, answers);
  }
}
