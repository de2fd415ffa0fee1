package io.salient.benchmarks;

import io.salient.lca.Split;
import io.salient.lca.drift.ConceptDrift;
import io.salient.lca.drift.GroupScores;
import io.salient.lca.drift.HalfRanking;
import io.salient.lca.drift.Knowledge;
import io.salient.lca.drift.ReplicateHalves;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.GroupedAnswers;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.ReplicateFits;
import io.salient.lca.probe.SentenceHalves;
import io.salient.lca.probe.Transfer;
import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.RankingMethod;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everything that drift is judged by, of one checkpoint: its probes, and those of both halves of
 * every split.
 *
 * @param words its activations
 * @param fitted probes of all train words, by concept
 * @param halves by concept, ranked by each of {@link #METHODS}: of the same fits
 */
record JudgedCheckpoint(
    ExtractedWords words,
    List<FitResult.Fitted> fitted,
    List<Map<RankingMethod, ReplicateHalves>> halves) {
  static final List<RankingMethod> METHODS = List.of(RankingMethod.LCA, RankingMethod.CONTRIBUTION);

  /** Fits are the same whatever ranks; contributions are added up for this method only. */
  private static final FitSettings SETTINGS =
      FitSettings.defaults().withMethod(RankingMethod.CONTRIBUTION);

  /** Fits all of it with the default penalties. */
  static JudgedCheckpoint of(ExtractedWords words, List<ConceptLabels> concepts, int splits) {
    return of(words, concepts, splits, SETTINGS);
  }

  /** Fits all of it with ten times the default l1, which keeps chance out. */
  static JudgedCheckpoint sparse(ExtractedWords words, List<ConceptLabels> concepts, int splits) {
    return of(words, concepts, splits, SETTINGS.withPenalties(10 * SETTINGS.l1(), SETTINGS.l2()));
  }

  private static JudgedCheckpoint of(
      ExtractedWords words, List<ConceptLabels> concepts, int splits, FitSettings settings) {
    List<FitResult.Fitted> fitted =
        words.fit(concepts, List.of(), Map.of(), settings).stream()
            .map(FitResult.Fitted.class::cast)
            .toList();
    EvaluationData data = words.data();
    SentenceHalves sentences = SentenceHalves.of(data.sentences());
    int[] train = data.split().rowsOf(Split.TRAIN, data.rows());
    int smallest =
        IntStream.range(0, 2 * splits)
            .map(half -> sentences.sentences(train, half / 2, half % 2 == 0))
            .min()
            .orElseThrow();
    Halves[] halves =
        fitted.stream().map(full -> new Halves(full, words.width())).toArray(Halves[]::new);
    try (Arena arena = Arena.ofShared()) {
      ReplicateFits.fit(
          data.matrix(),
          data.rows(),
          data.split(),
          sentences,
          concepts,
          splits,
          settings.forHalves(),
          bytes -> arena.allocate(bytes, 64),
          FitProgress.NONE,
          (split, concept, first, second) -> halves[concept].take(first, second));
    }
    return new JudgedCheckpoint(
        words,
        fitted,
        IntStream.range(0, halves.length)
            .mapToObj(i -> halves[i].of(words, concepts.get(i), smallest))
            .toList());
  }

  /** The fits of one concept's halves as they come. */
  private static final class Halves {
    private final int[] counts;
    private final int k;
    private final Map<RankingMethod, List<ReplicateHalves.Pair>> pairs = new LinkedHashMap<>();
    private boolean certified = true;

    Halves(FitResult.Fitted full, int width) {
      counts = full.evaluation().labels().stream().mapToInt(LabelScore::trainCount).toArray();
      k = HalfRanking.depth(width);
    }

    void take(ReplicateFits.Half first, ReplicateFits.Half second) {
      for (RankingMethod method : METHODS) {
        pairs
            .computeIfAbsent(method, any -> new ArrayList<>())
            .add(new ReplicateHalves.Pair(ranking(method, first), ranking(method, second)));
      }
      certified &= first.certificate().converged() && second.certificate().converged();
    }

    private HalfRanking ranking(RankingMethod method, ReplicateFits.Half half) {
      ProbeRanker ranker = new ProbeRanker(method, SETTINGS.minLabelCount());
      return HalfRanking.of(ranker, half.probe(), half.neurons(), counts, k);
    }

    Map<RankingMethod, ReplicateHalves> of(
        ExtractedWords words, ConceptLabels labels, int sentences) {
      Map<RankingMethod, ReplicateHalves> of = new LinkedHashMap<>();
      pairs.forEach(
          (method, ranked) ->
              of.put(
                  method,
                  new ReplicateHalves(
                      words.layers(), labels.labels(), k, sentences, certified, ranked)));
      return of;
    }
  }

  /** Share of the test words that a concept's probe answers rightly. */
  double accuracy(int concept) {
    return fitted.get(concept).evaluation().accuracy().orElseThrow();
  }

  /** What a baseline's probe, unchanged, says here. */
  Answers transferred(JudgedCheckpoint baseline, int concept) {
    EvaluationData data = words.data();
    return Transfer.answers(
        baseline.fitted.get(concept).probe(),
        words,
        data.rows(),
        data.split(),
        words.concepts().get(concept),
        SETTINGS);
  }

  /** The judgement of a concept, ranked by a method, against a baseline. */
  ConceptDrift since(JudgedCheckpoint baseline, int concept, RankingMethod method) {
    Answers before = baseline.fitted.get(concept).evaluation().answers();
    Answers after = fitted.get(concept).evaluation().answers();
    int commonest = baseline.fitted.get(concept).evaluation().commonest();
    GroupedAnswers was = grouped(before, commonest);
    GroupScores scores =
        GroupScores.ofWords(
            was.right(),
            grouped(after, commonest).right(),
            Optional.of(grouped(transferred(baseline, concept), commonest).right()),
            was.majority());
    return ConceptDrift.between(
        baseline.halves.get(concept).get(method),
        halves.get(concept).get(method),
        Optional.of(Knowledge.of(scores)));
  }

  private GroupedAnswers grouped(Answers answers, int label) {
    return GroupedAnswers.of(answers, words.data().sentences(), label);
  }
}
