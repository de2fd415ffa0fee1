package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSlices;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Split;
import io.salient.lca.probe.optimiser.Certificate;
import io.salient.lca.probe.optimiser.ElasticNetFit;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.lca.ranking.RankingMethod;
import io.salient.torch.TorchEngine;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Replicate probes: each concept fitted once more on each of the two halves of random splits of the
 * train sentences, to see how far two fits of the same thing differ by chance.
 *
 * <p>Each half of a split is a copy of its own words; two are fitted beside each other. Every fit
 * sets out from nothing, never from a probe that has seen the other half, and ends at its own
 * certificate. The activations are standardised by all train words of their checkpoint.
 */
public final class ReplicateFits {
  private final MeasuredWords words;
  private final SentenceHalves halves;
  private final List<ConceptLabels> concepts;
  private final FitSettings settings;
  private final MemorySegment scratch;
  private final Watch watch;

  /** Two fits of one concept on the two halves of one split. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the fits; they are not kept for it.
     *
     * @param split number of the split, from 0
     * @param concept index of the concept
     * @param first fitted on the first half
     * @param second fitted on the second half
     */
    void take(int split, int concept, Half first, Half second);
  }

  /**
   * A fit on one half of the train sentences.
   *
   * @param probe a label without words there has no row
   * @param certificate how near the optimum it ended
   * @param neurons what is known of them besides their weights; contributions only where neurons
   *     are ranked by these. The same labels count in both halves: those with words enough in the
   *     whole
   */
  public record Half(Probe probe, Certificate certificate, ProbedNeurons neurons) {}

  private ReplicateFits(
      MeasuredWords words,
      SentenceHalves halves,
      List<ConceptLabels> concepts,
      FitSettings settings,
      MemorySegment scratch,
      Watch watch) {
    this.words = words;
    this.halves = halves;
    this.concepts = concepts;
    this.settings = settings;
    this.scratch = scratch;
    this.watch = watch;
  }

  /**
   * Fits both halves of splits 0 to splits - 1.
   *
   * @param x activations
   * @param seenRows corpus word indices whose rows are there, strictly ascending
   * @param split part of each word
   * @param halves of the same corpus
   * @param concepts what to fit
   * @param splits how many
   * @param settings of the halves' fits: {@link FitSettings#forHalves}
   * @param scratch gives one piece, of 4 x D and 16 x C bytes per train word for C classes, and a
   *     few percent more where halves are not of a size
   * @param progress watches and may cancel
   * @param sink gets each pair of fits; for one concept in the order of the splits
   * @return one entry per concept: why it has no replicates, or empty when it has
   * @throws IllegalArgumentException when arguments do not fit each other, or an activation is NaN
   *     or infinite
   * @throws FitCancelledException when progress says so
   */
  public static List<Optional<String>> fit(
      ActivationMatrix x,
      int[] seenRows,
      Split split,
      SentenceHalves halves,
      List<ConceptLabels> concepts,
      int splits,
      FitSettings settings,
      ScratchSpace scratch,
      FitProgress progress,
      Sink sink) {
    ProbeFit.check(x, seenRows, split, concepts);
    if (halves.words() != x.rows()) {
      throw new IllegalArgumentException(
          "halves of " + halves.words() + " words for a matrix of " + x.rows());
    }
    TorchEngine.onThisThread();
    int[] train = split.rowsOf(Split.TRAIN, seenRows);
    List<Optional<String>> problems =
        concepts.stream()
            .map(concept -> problem(concept, train, halves, splits, x.width(), settings))
            .toList();
    if (splits > 0 && problems.stream().anyMatch(Optional::isEmpty)) {
      Watch watch = new Watch(progress);
      MeasuredWords words = MeasuredWords.of(x, train, settings.standardize());
      watch.report(FitProgress.Phase.GATHER, 1);
      MemorySegment piece =
          scratch.allocate(
              FitLanes.LANES
                  * bytesOfHalf(concepts, largestHalf(train, halves, splits), x.width()));
      ReplicateFits fits = new ReplicateFits(words, halves, concepts, settings, piece, watch);
      fits.run(splits, problems, sink);
    }
    return problems;
  }

  private static Optional<String> problem(
      ConceptLabels concept,
      int[] train,
      SentenceHalves halves,
      int splits,
      int width,
      FitSettings settings) {
    for (int number = 0; number < splits; number++) {
      for (boolean first : new boolean[] {true, false}) {
        int[] words = ofHalf(train, halves, number, first);
        Optional<FitResult.Unfittable> problem =
            new Head(concept, words, width, settings).problem();
        if (problem.isPresent()) {
          return problem.map(why -> "on half of the train sentences, " + why.message());
        }
      }
    }
    return Optional.empty();
  }

  private static int largestHalf(int[] train, SentenceHalves halves, int splits) {
    return IntStream.range(0, splits)
        .map(
            number -> {
              int first = ofHalf(train, halves, number, true).length;
              return Math.max(first, train.length - first);
            })
        .max()
        .orElse(0);
  }

  /** For its words and its scores. */
  private static long bytesOfHalf(List<ConceptLabels> concepts, int words, int width) {
    int classes = concepts.stream().mapToInt(concept -> concept.labels().size()).sum();
    return ScratchSlices.room(4L * words * width) + ElasticNetFit.scratchBytes(classes, words);
  }

  private static int[] ofHalf(int[] words, SentenceHalves halves, int number, boolean first) {
    return Arrays.stream(words).filter(word -> halves.isFirst(word, number) == first).toArray();
  }

  private void run(int splits, List<Optional<String>> problems, Sink sink) {
    List<Integer> fitted =
        IntStream.range(0, concepts.size())
            .filter(concept -> problems.get(concept).isEmpty())
            .boxed()
            .toList();
    List<List<Half>> ofSplit = new ArrayList<>();
    FitLanes.run(
        2 * splits,
        watch,
        (number, lane, own) -> fit(number / 2, number % 2 == 0, fitted, space(lane), own),
        (number, half) -> {
          ofSplit.add(half);
          if (ofSplit.size() == 2) {
            for (int i = 0; i < fitted.size(); i++) {
              sink.take(number / 2, fitted.get(i), ofSplit.get(0).get(i), ofSplit.get(1).get(i));
            }
            ofSplit.clear();
          }
        });
  }

  private List<Half> fit(
      int number, boolean first, List<Integer> fitted, ScratchSpace space, Watch own) {
    TrainWords half = copy(number, first, space);
    List<Head> heads =
        fitted.stream()
            .map(c -> new Head(concepts.get(c), half.words(), half.rows().width(), settings))
            .toList();
    heads.forEach(head -> head.start(null));
    JointFit.run(half, heads, space, own);
    return heads.stream().map(head -> half(head, half)).toList();
  }

  /** One at a time, as activations are read by one thread. */
  private synchronized TrainWords copy(int number, boolean first, ScratchSpace space) {
    int[] chosen =
        IntStream.range(0, words.words().length)
            .filter(i -> halves.isFirst(words.words()[i], number) == first)
            .toArray();
    return words.some(chosen, space);
  }

  private ScratchSpace space(int lane) {
    long bytes = scratch.byteSize() / FitLanes.LANES;
    return new ScratchSlices(scratch.asSlice(lane * bytes, bytes));
  }

  private Half half(Head head, TrainWords half) {
    int[] counts = Head.counts(head.labels(), words.words());
    boolean contributions = settings.method() == RankingMethod.CONTRIBUTION;
    return new Half(
        head.probe(),
        head.certificate(),
        head.finite() ? head.neurons(half, counts, contributions) : ProbedNeurons.UNKNOWN);
  }
}
