package io.salient.benchmarks;

import io.salient.lca.Split;
import io.salient.lca.evaluation.Analysis;
import io.salient.lca.evaluation.CheckpointEvaluation;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.evaluation.EvaluationSettings;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.ProbeFit;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.SentenceHalves;
import io.salient.lca.probe.optimiser.SoftmaxHeads;
import io.salient.lca.probe.optimiser.SoftmaxLoss;
import io.salient.lca.probe.optimiser.TrainRows;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the evaluations cost. On a real checkpoint and corpus: the joint fit plain and with control
 * tasks, and the replicates on half of the sentences that the service fits after it, from its
 * probe; then each evaluation of the full set. On random numbers of BERT-base's width: one joint
 * evaluation of the same outputs beside its bare matrix products. Arguments: checkpoint folder,
 * CoNLL-U file, concept.
 */
public final class EvaluationBenchmark {
  private static final int CONTROLS = EvaluationSettings.of(Analysis.FAST).controlDraws();
  private static final int HALVES = 10;
  private static final int ROUNDS = 5;
  private static final int WIDE = 9_984;
  private static final int WIDE_WORDS = 10_000;

  private EvaluationBenchmark() {}

  /** Prints the tables. */
  public static void main(String[] arguments) {
    Path checkpoint =
        Path.of(arguments.length > 0 ? arguments[0] : "../shared/runs/bert-genre/checkpoint-500");
    Path corpus =
        Path.of(
            arguments.length > 1
                ? arguments[1]
                : "../shared/data/ud-english-ewt/en_ewt-ud-dev.conllu");
    String concept = arguments.length > 2 ? arguments[2] : "upos";
    TorchEngine.start();
    ExtractedWords words = ExtractedWords.of(checkpoint, corpus, List.of(concept));
    EvaluationData data = words.data();
    ConceptLabels labels = words.concepts().getFirst();
    System.out.printf(
        "%s, %s of %s: %d words, %d neurons, %d labels, %d threads%n",
        checkpoint.getFileName(),
        concept,
        corpus.getFileName(),
        data.rows().length,
        words.width(),
        labels.labels().size(),
        TorchEngine.threads());
    fits(data, labels);
    evaluations(data, labels);
    int train = data.split().rowsOf(Split.TRAIN, data.rows()).length;
    products(train, words.width(), labels.labels().size());
    products(WIDE_WORDS, WIDE, labels.labels().size());
  }

  private static void fits(EvaluationData data, ConceptLabels labels) {
    List<ConceptLabels> controls =
        CheckpointEvaluation.controls(List.of(labels), data, EvaluationSettings.of(Analysis.FAST));
    fit("warm-up", data, labels, List.of());
    halves("warm-up", data, labels, 1);
    double[] plain = new double[ROUNDS];
    double[] withControls = new double[ROUNDS];
    double[] halves = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      plain[round] = fit("plain", data, labels, List.of());
      withControls[round] = fit("with " + CONTROLS + " controls", data, labels, controls);
      halves[round] = halves(HALVES + " halves", data, labels, HALVES / 2);
    }
    double one = Seconds.median(plain);
    System.out.printf(
        "medians: plain %.2f s; times that: %.1f with controls, %.1f with controls and halves%n",
        one,
        Seconds.median(withControls) / one,
        (Seconds.median(withControls) + Seconds.median(halves)) / one);
  }

  /** Replicates as the service fits them, from nothing. */
  private static double halves(String name, EvaluationData data, ConceptLabels labels, int splits) {
    long start = System.nanoTime();
    try (Arena arena = Arena.ofShared()) {
      ReplicateFits.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          SentenceHalves.of(data.sentences()),
          List.of(labels),
          splits,
          FitSettings.defaults().forHalves(),
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE,
          (split, concept, first, second) -> {});
    }
    double seconds = Seconds.since(start);
    System.out.printf("%-34s %6.2f s%n", name, seconds);
    return seconds;
  }

  private static double fit(
      String name, EvaluationData data, ConceptLabels labels, List<ConceptLabels> controls) {
    long start = System.nanoTime();
    List<FitResult> results = results(data, labels, controls);
    double seconds = Seconds.since(start);
    List<Integer> evaluations =
        results.stream()
            .map(result -> ((FitResult.Fitted) result).certificate().evaluations())
            .toList();
    System.out.printf("joint fit, %-24s %6.2f s  evaluations %s%n", name, seconds, evaluations);
    return seconds;
  }

  private static List<FitResult> results(
      EvaluationData data, ConceptLabels labels, List<ConceptLabels> controls) {
    try (Arena arena = Arena.ofShared()) {
      return ProbeFit.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          List.of(labels),
          controls,
          Map.of(),
          FitSettings.defaults(),
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE);
    }
  }

  private static void evaluations(EvaluationData data, ConceptLabels labels) {
    EvaluationSettings full = EvaluationSettings.of(Analysis.FULL);
    try (Arena arena = Arena.ofShared()) {
      FitResult.Fitted probe = (FitResult.Fitted) results(data, labels, List.of()).getFirst();
      long start = System.nanoTime();
      CheckpointEvaluation.Result result =
          CheckpointEvaluation.of(
              data,
              List.of(labels),
              List.of(probe),
              FitSettings.defaults(),
              full,
              bytes -> arena.allocate(bytes, 64),
              FitProgress.NONE);
      double total = Seconds.since(start);
      result.seconds().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              cost -> System.out.printf("%-16s %7.2f s%n", cost.getKey().label(), cost.getValue()));
      System.out.printf("%-16s %7.2f s beside the joint fit%n", "full set", total);
    }
  }

  private static void products(int rows, int width, int labels) {
    int heads = 1 + CONTROLS + HALVES;
    Random random = new Random(7);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment values = arena.allocate(4L * rows * width, 64);
      for (long i = 0; i < (long) rows * width; i++) {
        values.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
      }
      TrainRows words = new TrainRows(values, rows, width);
      double plain = evaluation(words, labels, 1, random);
      double all = evaluation(words, labels, heads, random);
      System.out.printf("  %d heads take %.1f times one head%n", heads, all / plain);
    }
  }

  private static double evaluation(TrainRows words, int labels, int heads, Random random) {
    int[] sizes = new int[heads];
    Arrays.fill(sizes, labels);
    List<int[]> classes = new ArrayList<>();
    List<float[]> points = new ArrayList<>();
    for (int head = 0; head < heads; head++) {
      classes.add(random.ints(words.rows(), 0, labels).toArray());
      points.add(new float[labels * (words.width() + 1)]);
    }
    EvaluationSeconds seconds;
    try (SoftmaxLoss loss = new SoftmaxLoss(words)) {
      seconds = EvaluationSeconds.of(loss, new SoftmaxHeads(sizes, classes), points);
    }
    double bare = seconds.products();
    double whole = seconds.whole();
    System.out.printf(
        "one evaluation, %d words x %d neurons, %2d heads of %d: %.4f s, products %.4f s,"
            + " %.0f %% outside them%n",
        words.rows(), words.width(), heads, labels, whole, bare, 100 * (1 - bare / whole));
    return whole;
  }
}
